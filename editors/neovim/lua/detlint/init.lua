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

--- Applies every safe fix to the current buffer, as one step of undo.
function M.fix_all()
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.get_clients({ bufnr = buffer, name = 'detlint' })[1]
  if not client then
    local remedy = M.remedy_if_missing() or 'this text is not being checked; see :checkhealth detlint'
    return tell(remedy, vim.log.levels.WARN)
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
