namespace KubeFed.Scale.Servers;

/// <summary>What the watchers saw.</summary>
/// <param name="Median">Milliseconds from the request of a change until a watcher had it, half of all.</param>
/// <param name="P99">The same, 99 of 100.</param>
/// <param name="CpuPerChange">The server's processor time for a change with all its deliveries, in microseconds.</param>
/// <param name="Changes">How many changes there were.</param>
/// <param name="Delivered">The part of the deliveries due that came; below 1 when one had to be given up.</param>
/// <param name="Resumed">How often a watch ended, because its reader was too slow for the server, and was taken up again.</param>
internal sealed record FanOutResult(double Median, double P99, double CpuPerChange, int Changes, double Delivered, int Resumed);
