using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Standalone.Writing;
using KubeFed.ApiServerRuntime.Types;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Standalone.Leadership;

/// <summary>
/// Lets one replica at a time work, by a Lease in the server's own storage. When the lease of another has run out is judged by the own clock,
/// from when the lease was last seen to change, so that clocks need not agree.
/// </summary>
internal sealed class ControllerLease(ObjectClient client, string identity, TimeProvider time, ILogger logger)
{
    private const string Namespace = "kube-system";
    private const string Name = "apiserver-controllers";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewPeriod = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly ResourceType Leases = BuiltinTypes.Get("coordination.k8s.io", "leases");

    private string? _seenVersion;
    private long _seenAt;

    /// <summary>Runs the work whenever this replica has the lease, until cancelled.</summary>
    /// <param name="work">Ends when its token is cancelled; it is begun anew when the lease was lost and taken again.</param>
    /// <param name="cancellationToken">Ends it; the lease is then given back.</param>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await TryHoldAsync(cancellationToken))
            {
                StandaloneLog.LeaseTaken(logger, identity);
                await LeadAsync(work, cancellationToken);
            }
            else
            {
                await Task.Delay(RenewPeriod, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LeadAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(leading.Token);
        long renewed = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested && !running.IsCompleted && time.GetElapsedTime(renewed) < Deadline)
        {
            await Task.Delay(RenewPeriod, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested && await TryHoldAsync(cancellationToken))
            {
                renewed = time.GetTimestamp();
            }
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            StandaloneLog.LeaseLost(logger, identity);
        }

        await leading.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ReleaseAsync();
    }

    private async Task<bool> TryHoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.FindAsync(Leases, Namespace, Name, cancellationToken);
            if (found is null)
            {
                await client.CreateAsync(Leases, Namespace, New(), cancellationToken);
                return true;
            }

            if (!IsFree(found))
            {
                return false;
            }

            await client.UpdateAsync(Leases, Held(found), cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (StatusException e)
        {
            StandaloneLog.LeaseNotTaken(logger, e.Message);
            return false;
        }
    }

    private bool IsFree(KubeObject lease)
    {
        string holder = lease.GetString("spec", "holderIdentity") ?? string.Empty;
        if (lease.Metadata.ResourceVersion != _seenVersion)
        {
            _seenVersion = lease.Metadata.ResourceVersion;
            _seenAt = time.GetTimestamp();
        }

        return holder.Length == 0 || holder == identity || time.GetElapsedTime(_seenAt) > Duration;
    }

    private JsonObject New()
    {
        var root = new JsonObject
        {
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["kind"] = "Lease",
            ["metadata"] = new JsonObject { ["name"] = Name, ["namespace"] = Namespace },
            ["spec"] = new JsonObject { ["leaseTransitions"] = 0, ["acquireTime"] = Now() },
        };
        Hold(root["spec"]!.AsObject());
        return root;
    }

    private JsonObject Held(KubeObject lease)
    {
        var root = lease.ToNode();
        if (root["spec"] is not JsonObject spec)
        {
            root["spec"] = spec = [];
        }

        if ((string?)spec["holderIdentity"] != identity)
        {
            spec["leaseTransitions"] = (spec["leaseTransitions"]?.GetValue<int>() ?? 0) + 1;
            spec["acquireTime"] = Now();
        }

        Hold(spec);
        return root;
    }

    private void Hold(JsonObject spec)
    {
        spec["holderIdentity"] = identity;
        spec["leaseDurationSeconds"] = (int)Duration.TotalSeconds;
        spec["renewTime"] = Now();
    }

    private string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private async Task ReleaseAsync()
    {
        using var hurry = new CancellationTokenSource(RenewPeriod, time);
        try
        {
            if (await client.FindAsync(Leases, Namespace, Name, hurry.Token) is { } lease && lease.GetString("spec", "holderIdentity") == identity)
            {
                var root = lease.ToNode();
                root["spec"]!["holderIdentity"] = "";
                root["spec"]!["leaseDurationSeconds"] = 1;
                await client.UpdateAsync(Leases, root, hurry.Token);
            }
        }
        catch (Exception e) when (e is StatusException or OperationCanceledException or ObjectDisposedException)
        {
            StandaloneLog.LeaseNotTaken(logger, e.Message);
        }
    }
}
