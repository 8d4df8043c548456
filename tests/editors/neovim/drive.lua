-- Drives a real Neovim with the plugin; run by `run`, which says in the environment:
-- TEST_CASE (letters | missing), TEST_DETLINT (the terminal's program), TEST_LETTERS (a folder), TEST_SCRATCH.
local WAIT, LONG_WAIT, SETTLE = 10000, 60000, 150

local function read(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('*a')
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

local function report(line)
  io.stdout:write(line .. '\n')
end

local function scratch(name)
  return vim.env.TEST_SCRATCH .. '/' .. name
end

local function same(found, expected, what)
  if not vim.deep_equal(found, expected) then
    local difference = vim.diff(vim.inspect(expected) .. '\n', vim.inspect(found) .. '\n', { ctxlen = 6 })
    error(('%s (- expected, + found)\n%s'):format(what, difference), 0)
  end
end

-- The terminal's side ------------------------------------------------------------------------------------------------

local BOM = '\239\187\191'

--- What `detlint --check` finds in a file; the bytes of its ranges do not count a byte order mark.
local function terminal(path)
  local command = { vim.env.TEST_DETLINT, '--check', path, '--output-format', 'json', '--exit-zero' }
  local ran = vim.system(command):wait(60000)
  assert(ran.code == 0, ran.stderr)
  return vim.json.decode(ran.stdout).files[1].findings
end

--- The text of a file after edits, which are the terminal's.
local function edited(path, edits)
  local text = read(path)
  local mark = vim.startswith(text, BOM) and BOM or ''
  text = text:sub(#mark + 1)
  table.sort(edits, function(a, b)
    return a.range.start.byte > b.range.start.byte
  end)
  local untouched = math.huge
  for _, edit in ipairs(edits) do
    local from, to = edit.range.start.byte, edit.range['end'].byte
    if to <= untouched then
      text = text:sub(1, from) .. edit.new_text .. text:sub(to + 1)
      untouched = from
    end
  end
  return mark .. text
end

--- Applies the terminal's safe edits until there are none, and says how many rounds had one.
local function fix_safely(path)
  for round = 0, 10 do
    local edits = {}
    for _, finding in ipairs(terminal(path)) do
      local fix = finding.fixes[1]
      if fix and fix.applicability == 'safe' then
        vim.list_extend(edits, fix.edits)
      end
    end
    if #edits == 0 then
      return round
    end
    write(path, edited(path, edits))
  end
  error('safe fixes without an end: ' .. path)
end

-- The editor's side --------------------------------------------------------------------------------------------------

local SEVERITY = { error = 1, warning = 2, info = 3, hint = 4 }

local function in_order(findings)
  table.sort(findings, function(a, b)
    return vim.inspect(a) < vim.inspect(b)
  end)
  return findings
end

--- The terminal's findings in the editor's terms: lines from 0, columns in bytes.
local function expected_diagnostics(path)
  local text = read(path):gsub('^' .. BOM, '')
  local function place(position)
    local before = text:sub(1, position.byte)
    local _, line = before:gsub('\n', '')
    assert(position.line == line + 1, 'the line of a byte: ' .. vim.inspect(position))
    return { line, #before:match('[^\n]*$') }
  end
  return in_order(vim.tbl_map(function(finding)
    return {
      lint = finding.lint,
      message = finding.message,
      severity = SEVERITY[finding.severity],
      from = place(finding.range.start),
      to = place(finding.range['end']),
    }
  end, terminal(path)))
end

local function diagnostics()
  return in_order(vim.tbl_map(function(found)
    assert(found.source == 'detlint', 'a stranger: ' .. vim.inspect(found))
    return {
      lint = found.code,
      message = found.message,
      severity = found.severity,
      from = { found.lnum, found.col },
      to = { found.end_lnum, found.end_col },
    }
  end, vim.diagnostic.get(0)))
end

local function client()
  local buffer = vim.api.nvim_get_current_buf()
  local attached = vim.wait(WAIT, function()
    local first = vim.lsp.get_clients({ bufnr = buffer, name = 'detlint' })[1]
    return first ~= nil and first.initialized
  end, 10)
  assert(attached, 'no server looks at ' .. vim.api.nvim_buf_get_name(0))
  return vim.lsp.get_clients({ bufnr = buffer, name = 'detlint' })[1]
end

--- Waits until the editor shows these findings, and whether they are its last word.
local function expect(expected, what)
  local server = client()
  vim.wait(WAIT, function()
    return vim.deep_equal(diagnostics(), expected)
  end, 10)
  local position = { line = 0, character = 0 }
  local document = vim.lsp.util.make_text_document_params(0)
  assert(server:request_sync('textDocument/hover', { textDocument = document, position = position }, WAIT, 0))
  vim.wait(SETTLE)
  same(diagnostics(), expected, what)
end

local function open(path)
  vim.cmd.edit(vim.fn.fnameescape(path))
end

--- Chooses one fix by its title at the start of its finding, as `gra` does.
local function quick_fix(finding, title)
  local text = read(vim.api.nvim_buf_get_name(0)):gsub('^' .. BOM, '')
  local before = text:sub(1, finding.range.start.byte)
  vim.api.nvim_win_set_cursor(0, { finding.range.start.line, #before:match('[^\n]*$') })
  local tick = vim.b.changedtick
  vim.lsp.buf.code_action({
    apply = true,
    context = { only = { 'quickfix' }, diagnostics = {} },
    filter = function(action)
      return action.title == title
    end,
  })
  assert(vim.wait(WAIT, function()
    return vim.b.changedtick ~= tick
  end, 10), 'the fix was not applied: ' .. title)
end

local function manual_fix(findings)
  for _, finding in ipairs(findings) do
    for _, fix in ipairs(finding.fixes) do
      if fix.applicability == 'manual' then
        return finding, fix
      end
    end
  end
end

-- The cases ----------------------------------------------------------------------------------------------------------

local seen = { letters = 0, findings = 0, manual = 0, safe = 0 }

local function letter(source)
  local name = vim.fs.basename(source)
  local path, oracle = scratch(name), scratch('terminal-' .. name)
  write(path, read(source))
  write(oracle, read(source))
  open(path)
  assert(vim.bo.filetype == 'text', 'filetype ' .. vim.bo.filetype)
  local findings = terminal(oracle)
  expect(expected_diagnostics(oracle), name .. ': as opened')
  seen.letters, seen.findings = seen.letters + 1, seen.findings + #findings

  local finding, fix = manual_fix(findings)
  if finding then
    write(oracle, edited(oracle, vim.deepcopy(fix.edits)))
    quick_fix(finding, fix.title)
    expect(expected_diagnostics(oracle), name .. ': after ' .. fix.title)
    seen.manual = seen.manual + 1
  end

  local once_fixed = vim.api.nvim_buf_get_lines(0, 0, -1, true)
  _G.told = {}
  vim.o.undolevels = vim.o.undolevels -- What a person types begins a new step of undo; a script has to.
  if fix_safely(oracle) > 0 then
    seen.safe = seen.safe + 1
    vim.cmd.DetlintFixAll()
    same(_G.told[1].message, 'detlint: safe fixes applied; u takes them back', name .. ': told')
    vim.cmd.undo({ mods = { silent = true } })
    same(vim.api.nvim_buf_get_lines(0, 0, -1, true), once_fixed, name .. ': one undo takes all safe fixes back')
    vim.cmd.redo({ mods = { silent = true } })
  else
    vim.cmd.DetlintFixAll()
    assert(_G.told[1].message:find('nothing that could be fixed safely', 1, true), vim.inspect(_G.told))
  end
  expect(expected_diagnostics(oracle), name .. ': after all safe fixes')
  vim.cmd.write({ mods = { silent = true } })
  same(read(path), read(oracle), name .. ': the file on disk')
  vim.cmd.bdelete()
end

local function no_letter()
  local text = 'Shopping list\n\nHer slower back hurts.. The patient is a 42-year-old female. His knee is tender.\n'
  write(scratch('note.txt'), text)
  open(scratch('note.txt'))
  expect({}, 'a text that is no letter')
  vim.bo.filetype = 'determination-letter'
  expect(expected_diagnostics(scratch('note.txt')), 'a text that is called a letter')
  for _, ending in ipairs({ 'imr', 'determination' }) do
    local path = scratch('note.' .. ending)
    write(path, text)
    open(path)
    same(vim.bo.filetype, 'determination-letter', 'filetype of ' .. path)
    local expected = expected_diagnostics(path)
    assert(#expected > 1, 'a named text is checked')
    expect(expected, path)
  end
end

local function help()
  local documentation = vim.fs.dirname(vim.api.nvim_get_runtime_file('doc/detlint.txt', false)[1])
  vim.cmd.helptags(documentation)
  for _, subject in ipairs({ 'detlint', ':DetlintFixAll', ':DetlintExplain', 'detlint-options' }) do
    vim.cmd.help(subject)
    same(vim.fs.basename(vim.api.nvim_buf_get_name(0)), 'detlint.txt', 'help on ' .. subject)
    vim.cmd.helpclose()
  end
  for tag in read(documentation .. '/detlint.txt'):gmatch('|([^|%s]+)|') do
    assert(#vim.fn.getcompletion(tag, 'help') > 0, 'a link that leads nowhere: ' .. tag)
  end
end

--- What :checkhealth detlint says.
local function health()
  vim.cmd.checkhealth({ 'detlint', mods = { silent = true } })
  local said = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  vim.cmd.bdelete()
  return said
end

--- The server's answer to a request at the cursor.
local function ask(method, more)
  local server = client()
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, server.offset_encoding), more or {})
  -- By its number: for buffer 0 Neovim does not send first what was typed last.
  local answer = assert(server:request_sync(method, params, WAIT, vim.api.nvim_get_current_buf()))
  assert(not answer.err, vim.inspect(answer.err))
  return answer.result
end

--- Puts the cursor on a word's first letter.
local function go_to(word)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  assert(vim.fn.search(word, 'cW') > 0, 'not in the text: ' .. word)
end

--- The lines of the window that floats.
local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\n')
    end
  end
end

local function features()
  local path = scratch('features.txt')
  write(path, read(vim.env.TEST_LETTERS .. '/imr-2014-twin.txt'))
  write(scratch('more.txt'), read(path))
  open(path)
  expect(expected_diagnostics(path), 'features.txt')

  go_to('His complaint')
  local hover = ask('textDocument/hover').contents.value
  assert(hover:find('“His” was taken as **the patient**', 1, true), hover)
  go_to('MAXIMUS guideline')
  assert(#ask('textDocument/foldingRange') > 3, 'sections and requests fold')
  local waited = vim.wait(WAIT, function()
    local tokens = vim.lsp.semantic_tokens.get_at_pos() or {}
    return tokens[1] ~= nil and tokens[1].type == 'keyword'
  end, 10)
  assert(waited, 'a label has its color')
  go_to('His complaint')
  local mentions = ask('textDocument/references', { context = { includeDeclaration = true } })
  assert(#mentions > 3, vim.inspect(mentions))

  local outline = ask('textDocument/documentSymbol')
  local sections = vim.tbl_map(function(symbol) return symbol.name end, outline)
  assert(vim.tbl_contains(sections, 'CLINICAL CASE SUMMARY'), vim.inspect(sections))
  assert(#ask('textDocument/codeLens') > 0, 'a lens for each item')

  -- As a person types: the conclusion that agrees with the last item's decision.
  vim.api.nvim_buf_set_lines(0, -1, -1, true, { 'Theref' })
  same(vim.bo.omnifunc, 'v:lua.vim.lsp.omnifunc', 'omni completion')
  local position = { line = vim.fn.line('$') - 1, character = #'Theref' }
  local offered = ask('textDocument/completion', { position = position })
  same(#offered, 1, 'one conclusion')
  assert(offered[1].label:find('^Therefore, the request for .* medically necessary%.$'), offered[1].label)
  vim.cmd.undo({ mods = { silent = true } })

  _G.told = {}
  go_to('Her ankle')
  vim.cmd.DetlintExplain()
  assert(vim.wait(WAIT, function() return floating() ~= nil end, 10), 'the page of a lint: ' .. vim.inspect(_G.told))
  assert(floating():find('gender-mismatch', 1, true), floating())
  vim.cmd.fclose({ bang = true })

  vim.cmd.DetlintCheckFolder()
  assert(vim.wait(LONG_WAIT, function() return #_G.told > 0 end, 10), 'nothing was said of the folder')
  assert(_G.told[1].message:find('other letters with'), vim.inspect(_G.told))
  local listed = vim.tbl_filter(function(entry)
    return vim.fs.basename(vim.api.nvim_buf_get_name(entry.bufnr)) == 'more.txt'
  end, vim.fn.getqflist())
  same(#listed, #terminal(scratch('more.txt')), 'the findings of a letter that is not open')
  assert(os.remove(scratch('more.txt')))
  _G.told = {}
  vim.cmd.DetlintCheckFolder()
  assert(vim.wait(LONG_WAIT, function() return #_G.told > 0 end, 10), 'nothing was said of the folder')
  local gone = vim.uri_to_bufnr(vim.uri_from_fname(scratch('more.txt')))
  assert(vim.wait(WAIT, function() return #vim.diagnostic.get(gone) == 0 end, 10), 'a letter that is gone has findings')
  report('hover, mentions, outline, completion, a page, and a whole folder')
end

--- Takes each kind of action that a finding has beside its own fixes, and compares with a terminal that reads the same settings.
local function decisions()
  vim.fn.mkdir(scratch('decisions'))
  local path = scratch('decisions/letter.txt')
  local text = read(vim.env.TEST_LETTERS .. '/imr-2014-twin.txt')
  write(path, (text:gsub('cane%.', 'cane..', 1)))
  open(path)
  expect(expected_diagnostics(path), 'decisions: as opened')

  --- Puts the cursor on the first finding that fits, and takes the action of a title.
  local function take(fits, title)
    local finding = vim.iter(terminal(path)):find(fits)
    local before = read(path):sub(1, finding.range.start.byte)
    vim.api.nvim_win_set_cursor(0, { finding.range.start.line, #before:match('[^\n]*$') })
    title = type(title) == 'string' and title or title(finding)
    local matched = false
    vim.lsp.buf.code_action({
      apply = true,
      filter = function(action)
        matched = matched or action.title == title
        return action.title == title
      end,
    })
    assert(vim.wait(WAIT, function() return matched end, 10), 'not offered: ' .. title)
    return title
  end

  local stops = #vim.tbl_filter(function(finding) return finding.lint == 'double-period' end, terminal(path))
  assert(stops > 1)
  take(function(finding) return finding.lint == 'double-period' end,
    ('Fix all %d of double-period in this document'):format(stops))
  assert(vim.wait(WAIT, function() return vim.bo.modified end, 10), 'one lint is mended everywhere')
  vim.cmd.write({ mods = { silent = true } })
  assert(not vim.iter(terminal(path)):find(function(finding) return finding.lint == 'double-period' end))
  expect(expected_diagnostics(path), 'decisions: one lint mended everywhere')

  local function decide(fits, title)
    local before = #terminal(path)
    title = take(fits, title)
    assert(vim.wait(WAIT, function() return #terminal(path) < before end, 50), 'nothing was written: ' .. title)
    expect(expected_diagnostics(path), 'decisions: after ' .. title)
  end
  decide(function(finding) return finding.family == 'spelling' and not finding.text:find('%s') end,
    function(finding) return ('Accept the word “%s”'):format(finding.text) end)
  decide(function(finding) return finding.lint == 'missing-word' end,
    'Switch missing-word off for all letters in “decisions”')
  decide(function(finding) return finding.lint == 'gender-mismatch' end, 'Accept this finding')
  vim.cmd.bdelete()
  report('one lint mended everywhere, a word and a finding accepted, a lint switched off')
end

local cases = {}

function cases.letters()
  local letters = vim.fn.glob(vim.env.TEST_LETTERS .. '/*.txt', true, true)
  assert(#letters > 0, 'no letters')
  vim.iter(letters):each(letter)
  for what, count in pairs(seen) do
    assert(count > 0, 'no ' .. what)
  end
  no_letter()
  features()
  decisions()
  help()
  local said = health()
  assert(said:find('detlint %d+%.%d+%.%d+') and said:find('language server runs', 1, true), said)
  assert(not said:find('ERROR', 1, true), said)
  report(('%d letters, %d findings; fixed by hand in %d, all safe ones in %d'):format(
    seen.letters, seen.findings, seen.manual, seen.safe))
end

function cases.missing()
  for _, name in ipairs({ 'a.txt', 'b.txt', 'c.imr' }) do
    write(scratch(name), 'A text.\n')
    open(scratch(name))
  end
  vim.wait(SETTLE)
  same(#_G.told, 1, 'told once: ' .. vim.inspect(_G.told))
  local first = _G.told[1].message
  assert(first:find('"detlint" was not found', 1, true) and first:find(':help detlint-install', 1, true), first)
  vim.cmd.DetlintFixAll()
  same(_G.told[2], _G.told[1], 'the command says the same')
  same(vim.v.errmsg, '', 'no error')
  local said = health()
  assert(said:find('ERROR The program "detlint" was not found', 1, true) and said:find('ADVICE', 1, true), said)
  report('a missing program is told once, with the remedy')
end

local passed, failure = xpcall(cases[vim.env.TEST_CASE], function(message)
  return type(message) == 'string' and message .. '\n' .. debug.traceback() or vim.inspect(message)
end)
if not passed then
  io.stderr:write('FAIL ' .. failure .. '\n')
  vim.cmd.cquit()
end
vim.cmd('qall!')
