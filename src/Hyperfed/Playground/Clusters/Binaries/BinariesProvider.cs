using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace KubeFed.Hyperfed.Playground.Clusters.Binaries;

/// <summary>
/// Clusters of Kubernetes' own programs as processes: etcd, kube-apiserver and kube-controller-manager. Only the nodes are simulated.
/// </summary>
internal sealed partial class BinariesProvider(ServerPrograms programs, TimeProvider time) : IClusterProvider
{
    private const long Megabyte = 1024 * 1024;
    private const int Attempts = 3;

    public string Name => "binaries";

    public string? Missing => OperatingSystem.IsWindows() ? "the programs are run on Linux and macOS only" : programs.Missing;

    public bool SimulatesNodes => true;

    public bool ReachesThisProcess => true;

    public long MemoryPerCluster => 450 * Megabyte;

    public async Task<IPlaygroundCluster> StartAsync(ClusterPlan plan, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        bool hasInsecurePort = await HasInsecurePortAsync(cancellationToken);
        for (int attempt = 1; ; attempt++)
        {
            var cluster = BinariesCluster.Prepare(plan, programs, hasInsecurePort, time, logging);
            try
            {
                await cluster.StartAsync(cancellationToken);
                return cluster;
            }
            catch (PortTakenException) when (attempt < Attempts)
            {
                await cluster.DisposeAsync();
            }
            catch (Exception e)
            {
                await cluster.DisposeAsync();
                throw e is PortTakenException or TimeoutException ? new PlaygroundException($"{plan.Name} cannot start: {e.Message}.", e) : e;
            }
        }
    }

    internal static bool HasInsecurePort(string version) =>
        Version().Match(version) is { Success: true } match && int.Parse(match.Groups["minor"].ValueSpan, CultureInfo.InvariantCulture) < 24;

    private async Task<bool> HasInsecurePortAsync(CancellationToken cancellationToken)
    {
        var asked = await new ExternalTool(programs.ControllerManager).RunAsync(["--version"], null, cancellationToken);
        return asked.Code == 0 ? HasInsecurePort(asked.Output) : throw new PlaygroundException($"{programs.ControllerManager} cannot be run: {asked.Complaint}.");
    }

    [GeneratedRegex(@"^Kubernetes v1\.(?<minor>[0-9]{1,4})\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
