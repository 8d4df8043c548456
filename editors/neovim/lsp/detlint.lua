-- The language server's configuration, read by vim.lsp.config().
return {
  cmd = { 'detlint', 'lsp' },
  filetypes = { 'text', 'determination-letter' },
  root_markers = { 'detlint.toml', '.git' },
}
