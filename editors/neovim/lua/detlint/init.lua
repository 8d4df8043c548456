local M = {}

-- How long a command waits for the server, in milliseconds.
local PATIENCE = 5000

---@return string? remedy what to do, when the program that the configuration names cannot be found
function M.remedy_if_missing()
  local cmd = vim.lsp.config.detlint.cmd
  if type(cmd) ~= 'table' or vim.fn.executable(cmd[1]) == 1 then
    return nil
  end
  return ('the program "%s" was not found, so letters are not checked. '):format(cmd[1])
    .. 'Install it (:help detlint-install), then type :edit. '
    .. 'If it is installed, :checkhealth detlint says where Neovim looks for it.'
end

--- Opens a text anew when its filetype changed: a server hears of the filetype only when a text is opened.
function M.reopen_as(buffer, filetype)
  local before = vim.b[buffer].detlint_filetype
  vim.b[buffer].detlint_filetype = filetype
  if before == nil or before == filetype then
    return
  end
  for _, client in ipairs(vim.lsp.get_clients({ bufnr = buffer, name = 'detlint' })) do
    vim.lsp.buf_detach_client(buffer, client.id)
    vim.lsp.buf_attach_client(buffer, client.id)
  end
end

local function tell(message, level)
  vim.notify('detlint: ' .. message, level or vim.log.levels.INFO)
end

--- The client of the current buffer; tells what to do where there is none.
local function client_here()
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'detlint' })[1]
  if not client then
    local remedy = M.remedy_if_missing() or 'this text is not being checked; see :checkhealth detlint'
    tell(remedy, vim.log.levels.WARN)
  end
  return client
end

local function failed(err)
  tell('the language server refused: ' .. err.message, vim.log.levels.ERROR)
end

--- Checks every letter of the folder, and lists what is found in the quickfix list.
function M.check_folder()
  local client = client_here()
  if not client then
    return
  end
  local command = { command = 'detlint.checkFolder', arguments = { vim.uri_from_bufnr(0) } }
  client:request('workspace/executeCommand', command, function(err, counted)
    if err then
      return failed(err)
    end
    -- The findings are pushed beside the answer, which may overtake the last of them.
    vim.wait(PATIENCE, function()
      local pushed = vim.tbl_filter(function(found)
        return found.source == 'detlint' and not client.attached_buffers[found.bufnr]
      end, vim.diagnostic.get())
      return #pushed >= counted.findings
    end, 20)
    vim.diagnostic.setqflist({ title = 'detlint', open = false })
    tell(('%d other letters with %d findings; :copen lists them all'):format(counted.letters, counted.findings))
  end)
end

--- Shows the page of the lint that speaks at the cursor, or of the one that is named.
function M.explain(name)
  local client = client_here()
  if not client then
    return
  end
  local position = vim.api.nvim_win_get_cursor(0)
  local here = vim.iter(vim.diagnostic.get(0, { lnum = position[1] - 1 })):filter(function(found)
    return found.source == 'detlint' and found.code
  end)
  local found = here:find(function(found)
    return found.col <= position[2] and (found.end_lnum > found.lnum or position[2] <= found.end_col)
  end)
  local lint = name or found and found.code
  if not lint then
    return tell('no finding under the cursor')
  end
  local arguments = { vim.uri_from_bufnr(0), lint }
  local command = { command = 'detlint.explain', arguments = arguments }
  client:request('workspace/executeCommand', command, function(err, page)
    if err then
      return failed(err)
    end
    vim.lsp.util.open_floating_preview(vim.split(page, '\n'), 'markdown', { border = 'rounded', focus_id = 'detlint' })
  end)
end

--- Applies every safe fix to the current buffer, as one step of undo.
function M.fix_all()
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_here()
  if not client then
    return
  end
  local answer, failure = client:request_sync('textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = {
      start = { line = 0, character = 0 },
      ['end'] = { line = vim.api.nvim_buf_line_count(buffer), character = 0 },
    },
    context = { only = { 'source.fixAll' }, diagnostics = {} },
  }, PATIENCE, buffer)
  if not answer or answer.err then
    local reason = answer and answer.err.message or failure or 'no answer'
    return tell('the language server did not answer: ' .. reason, vim.log.levels.ERROR)
  end
  local action = (answer.result or {})[1]
  if not action then
    return tell('nothing that could be fixed safely; on a finding, gra shows the fixes that need your eye')
  end
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  tell('safe fixes applied; u takes them back')
end

return M
