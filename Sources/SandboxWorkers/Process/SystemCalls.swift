import CSandboxShims

/// The system's sentence for an errno value.
func errorText(_ code: Int32) -> String {
  var buffer = [UInt8](repeating: 0, count: 256)
  let length = unsafe buffer.withUnsafeMutableBytes { bytes in
    unsafe fs_error_text(code, bytes.baseAddress, bytes.count)
  }
  return String(decoding: buffer[..<Int(length)], as: UTF8.self)
}

/// What one read or write came to.
enum Transfer {
  case bytes(Int)
  /// Nothing now; wait until the descriptor is ready.
  case notReady
  /// End of the stream, or the other end is gone.
  case closed
}

/// Reads once into the end of `buffer`, at most `limit` bytes.
func read(_ descriptor: Int32, into buffer: inout [UInt8], limit: Int) -> Transfer {
  let got = unsafe withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) { bytes in
    let got = unsafe fs_read(descriptor, bytes.baseAddress, limit)
    if got > 0 { unsafe buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<Int(got)])) }
    return got
  }
  return transfer(got, atEnd: got == 0)
}

/// Writes once from `buffer`, from offset `start`.
func write(_ descriptor: Int32, _ buffer: [UInt8], from start: Int) -> Transfer {
  let put = unsafe buffer.withUnsafeBytes { bytes in
    unsafe fs_write(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
  }
  return transfer(put, atEnd: false)
}

private func transfer(_ result: Int64, atEnd: Bool) -> Transfer {
  if result == fs_try_again { return .notReady }
  return result < 0 || atEnd ? .closed : .bytes(Int(result))
}

/// This process's number.
func processIdentifier() -> Int {
  Int(fs_process_identifier())
}
