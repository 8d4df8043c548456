-- A language server that finds nothing: the driver must fail with it. Run by `nvim -l`.
local function read()
  local length
  for line in io.lines() do
    line = line:gsub('\r$', '')
    if line == '' then
      return length and vim.json.decode(io.read(length))
    end
    length = tonumber(line:match('^Content%-Length: (%d+)')) or length
  end
end

local function answer(id, result)
  local body = vim.json.encode({ jsonrpc = '2.0', id = id, result = result })
  io.write(('Content-Length: %d\r\n\r\n%s'):format(#body, body))
  io.flush()
end

for message in read do
  if message.method == 'exit' then
    return
  elseif message.method == 'initialize' then
    answer(message.id, { capabilities = { textDocumentSync = 2, codeActionProvider = true, hoverProvider = true } })
  elseif message.id then
    answer(message.id, vim.NIL)
  end
end
