//! How long reading and checking take, for a letter, for a whole file of them, and for one key; what loading the lints
//! takes, and what many more patterns and words would cost.
//!
//! `cargo bench --bench engine`

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use detlint::engine::{Checker, Settings, check_document};
use detlint::letter::parse;
use detlint::lints::{catalogue, catalogue_with};
use detlint::text::Document;

#[path = "support/letters.rs"]
mod letters;
#[path = "support/load.rs"]
mod load;

/// Documents of growing size: one letter, and many.
fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("letter 5 KB", letters::letter(1, 4_700, true)),
        ("letter 50 KB", letters::letter(2, 50_000, true)),
        ("letter 500 KB", letters::letter(3, 500_000, true)),
        ("letters 500 KB", letters::file_of_letters(4, 500_000, true)),
        ("letters 2 MB", letters::file_of_letters(5, 2_000_000, true)),
    ]
}

fn whole(criterion: &mut Criterion) {
    let settings = Settings::defaults(catalogue());
    let mut group = criterion.benchmark_group("whole");
    for (name, text) in documents() {
        let document = Document::new(&text);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("parse", name), &document, |bencher, document| {
            bencher.iter(|| parse(black_box(document)));
        });
        group.bench_with_input(BenchmarkId::new("check", name), &document, |bencher, document| {
            bencher.iter(|| check_document(catalogue(), &settings, black_box(document)));
        });
    }
    group.finish();
}

/// A character typed into a word in the middle of a document that was checked before.
fn key(criterion: &mut Criterion) {
    let settings = Settings::defaults(catalogue());
    let mut group = criterion.benchmark_group("key");
    for (name, text) in documents() {
        let mut document = Document::new(&text);
        let mut checker = Checker::new(&**catalogue(), &settings);
        checker.check(&document);
        let at = text[..text.len() / 2].rfind("the ").unwrap_or(0);
        let mut typed = false;
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || {
                    if typed {
                        document.replace(at..at + 1, "");
                    } else {
                        document.replace(at..at, "x");
                    }
                    typed = !typed;
                    document.clone()
                },
                |document| checker.check(&document),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

/// The lints' own loading, and a letter with 400 patterns and a lexicon of 200,000 words beside them.
fn load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.bench_function("catalogue", |bencher| bencher.iter(|| catalogue_with(Vec::new())));
    let loaded = catalogue_with(vec![load::lint().into()]).expect("a lint of the format");
    let settings = Settings::defaults(&loaded);
    let document = Document::new(&letters::letter(1, 4_700, true));
    group.bench_function("check, 400 patterns and 200,000 words more", |bencher| {
        bencher.iter(|| check_document(&loaded, &settings, black_box(&document)));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(3));
    targets = whole, key, load
}
criterion_main!(benches);
