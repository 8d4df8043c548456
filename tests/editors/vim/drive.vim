" Proof-reads the texts of TEST_PLAN and writes TEST_REPORT.
let s:patience = 20.0 " Seconds until a finding must be there.
let s:settle = 0.4    " Seconds for which findings must have stood to be the last word.

function! s:Found() abort
  return get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', [])
endfunction

" Waits until so many findings stand; says whether they do.
function! s:Await(count) abort
  let l:start = reltime()
  let l:since = reltime()
  while reltimefloat(reltime(l:start)) < s:patience
    sleep 50m
    if len(s:Found()) != a:count
      let l:since = reltime()
    elseif reltimefloat(reltime(l:since)) > s:settle
      return 1
    endif
  endwhile
  return 0
endfunction

function! s:Shown() abort
  return map(copy(s:Found()), {_, found -> {
  \   'lint': found.code,
  \   'message': found.text,
  \   'type': found.type,
  \   'from': [found.lnum, found.col],
  \   'to': [found.end_lnum, found.end_col],
  \ }})
endfunction

" Takes the first fix that is offered for a range. With the cursor on the first letter of “he”, ALE would ask about a “he”
" before it.
function! s:Fix(range) abort
  call cursor(a:range.end.line, a:range.end.byteColumn - 1)
  call feedkeys("1\<CR>", 't')
  ALECodeAction
endfunction

" Does the steps of a text while the editor agrees with them; returns what it showed, and whether it agreed.
function! s:Steps(steps) abort
  let l:report = {}
  execute 'edit' fnameescape(a:steps.file)
  for l:step in filter(['opened', 'fixed', 'cleaned'], {_, step -> has_key(a:steps, step)})
    if l:step is# 'fixed'
      call s:Fix(a:steps.at)
    elseif l:step is# 'cleaned'
      ALEFix
    endif
    " What Vim itself says at a person's next key.
    doautocmd <nomodeline> TextChanged
    let l:agreed = s:Await(len(a:steps[l:step]))
    let l:report[l:step] = s:Shown()
    if !l:agreed
      break
    endif
  endfor
  silent write
  return [l:report, l:agreed]
endfunction

function! s:Drive() abort
  let l:reports = []
  for l:steps in json_decode(join(readfile($TEST_PLAN), "\n"))
    let [l:report, l:agreed] = s:Steps(l:steps)
    call add(l:reports, l:report)
    if !l:agreed
      break
    endif
  endfor
  call writefile([json_encode(l:reports)], $TEST_REPORT)
endfunction

function! s:Run() abort
  try
    call s:Drive()
  catch
    call writefile([v:throwpoint . ': ' . v:exception], '/dev/stderr')
    cquit
  endtry
  qall!
endfunction

autocmd VimEnter * ++nested call s:Run()
