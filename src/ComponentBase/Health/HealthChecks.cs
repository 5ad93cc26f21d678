using System.Collections.Immutable;

namespace KubeFed.ComponentBase.Health;

/// <summary>
/// The health checks of a process. Each of the three probes has the check <c>ping</c>, which always is well, and those added. Checks may
/// be added while the process runs; they are answered in the order in which they were added.
/// </summary>
public sealed class HealthChecks
{
    private static readonly HealthCheck Ping = new("ping", static _ => ValueTask.FromResult<string?>(null));

    private ImmutableArray<(HealthCheck Check, HealthProbes Probes)> _checks = [(Ping, HealthProbes.All)];

    /// <summary>Adds a check to some probes.</summary>
    /// <exception cref="ArgumentException">A check of that name exists, or the name cannot be part of a path.</exception>
    public void Add(HealthCheck check, HealthProbes probes = HealthProbes.Healthz | HealthProbes.Readyz)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (check.Name.Length == 0 || check.Name.AsSpan().ContainsAny("/?# \n"))
        {
            throw new ArgumentException($"\"{check.Name}\" cannot be the name of a health check", nameof(check));
        }

        ImmutableInterlocked.Update(ref _checks, checks => checks.Any(known => known.Check.Name == check.Name)
            ? throw new ArgumentException($"there is a health check {check.Name} already", nameof(check))
            : checks.Add((check, probes)));
    }

    /// <summary>The checks of one probe.</summary>
    public IReadOnlyList<HealthCheck> For(HealthProbes probe) =>
        [.. _checks.Where(known => (known.Probes & probe) != HealthProbes.None).Select(known => known.Check)];
}
