import Foundation

/// CPU time, user and system, as the system accounts it.
enum ProcessTimes {
  /// Seconds of this process.
  static var own: Double { seconds(of: RUSAGE_SELF.rawValue) }

  private static func seconds(of who: Int32) -> Double {
    var usage = rusage()
    guard unsafe getrusage(who, &usage) == 0 else { return 0 }
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
