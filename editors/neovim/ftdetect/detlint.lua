-- A file of these kinds is checked whatever it holds; a *.txt is checked when it is recognised as a letter.
vim.filetype.add({ extension = { imr = 'determination-letter', determination = 'determination-letter' } })
