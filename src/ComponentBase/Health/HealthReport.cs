namespace KubeFed.ComponentBase.Health;

/// <summary>The answer to a probe: what to send.</summary>
/// <param name="IsWell">Whether every check that was asked is well: 200, else 500.</param>
/// <param name="Body">The text.</param>
/// <param name="Failures">Name and reason of each failed check. The reasons are for logs; the body withholds them.</param>
internal sealed record HealthReport(bool IsWell, string Body, IReadOnlyList<(string Name, string Reason)> Failures);
