if vim.g.loaded_detlint then
  return
end
vim.g.loaded_detlint = true

if vim.fn.has('nvim-0.11') == 0 then
  local message = 'detlint needs Neovim 0.11 or newer; this is %s. Install a newer Neovim, or remove the plugin.'
  vim.notify(message:format(tostring(vim.version())), vim.log.levels.WARN)
  return
end

vim.lsp.enable('detlint')

vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('detlint', {}),
  desc = 'Tell once that the detlint program is missing, and tell the server of a new filetype',
  callback = function(event)
    local config = vim.lsp.config.detlint
    if not vim.lsp.is_enabled('detlint') or not vim.tbl_contains(config.filetypes or {}, event.match) then
      return
    end
    -- Neovim itself only writes to a log when a server's program is missing.
    local remedy = require('detlint').remedy_if_missing()
    if remedy then
      vim.notify_once('detlint: ' .. remedy, vim.log.levels.WARN)
    end
    require('detlint').reopen_as(event.buf, event.match)
  end,
})

vim.api.nvim_create_user_command('DetlintFixAll', function()
  require('detlint').fix_all()
end, { desc = 'Apply the fixes that leave every fact of the letter as it is' })

vim.api.nvim_create_user_command('DetlintCheckFolder', function()
  require('detlint').check_folder()
end, { desc = 'Check every letter of the folder, and list what is found' })

vim.api.nvim_create_user_command('DetlintExplain', function(command)
  require('detlint').explain(command.fargs[1])
end, { nargs = '?', desc = 'Show what the lint under the cursor finds, why, and whose rule it is' })
