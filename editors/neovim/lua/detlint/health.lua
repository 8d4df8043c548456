-- :checkhealth detlint
local M = {}

local function check_program(cmd)
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    vim.health.error(('The program "%s" was not found.'):format(cmd[1]), {
      'Install it: see :help detlint-install.',
      'If it is installed elsewhere, name its place: see :help detlint-options.',
      'Neovim looks in the folders of PATH: ' .. (vim.env.PATH or ''),
    })
    return
  end
  local ran, outcome = pcall(function()
    return vim.system({ path, '--version' }, { text = true }):wait(5000)
  end)
  local version = ran and outcome.code == 0 and vim.trim(outcome.stdout) or ''
  if version:match('^detlint %d') then
    vim.health.ok(('%s (%s)'):format(version, path))
  else
    vim.health.error(path .. ' does not run, or is not detlint.', {
      ('Try it in a terminal: %s --version'):format(path),
      'Install it again: see :help detlint-install.',
    })
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = 'detlint' })
  if #clients == 0 then
    vim.health.info('No open text is being checked now. A letter is checked when its filetype is "text" or '
      .. '"determination-letter"; :set filetype? shows it.')
    return
  end
  for _, client in ipairs(clients) do
    local texts = vim.tbl_count(client.attached_buffers)
    vim.health.ok(('The language server runs; texts that it looks at: %d'):format(texts))
  end
end

function M.check()
  vim.health.start('detlint')
  if vim.fn.has('nvim-0.11') == 0 then
    vim.health.error('Neovim is too old: ' .. tostring(vim.version()), { 'Install Neovim 0.11 or newer.' })
    return
  end
  if not vim.lsp.is_enabled('detlint') then
    vim.health.warn('detlint is switched off.', { "Switch it on: :lua vim.lsp.enable('detlint')" })
  end
  local cmd = vim.lsp.config.detlint.cmd
  if type(cmd) == 'table' then
    check_program(cmd)
  else
    vim.health.info('The server is started by a function of your configuration.')
  end
  check_clients()
end

return M
