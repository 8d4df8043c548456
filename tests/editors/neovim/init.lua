-- A user's Neovim with the plugin in its packpath (TEST_PACKPATH) and nothing else.
vim.opt.packpath:prepend(assert(vim.env.TEST_PACKPATH))
-- A break that the editor adds to the last line would hide whether a fix touched it.
vim.o.fixendofline = false

-- What the user was told.
_G.told = {}
vim.notify = function(message, level)
  table.insert(_G.told, { message = message, level = level })
end
