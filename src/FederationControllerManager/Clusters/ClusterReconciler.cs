using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ControllerRuntime.Controllers;
using KubeFed.ControllerRuntime.Events;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationControllerManager.Members;
using KubeFed.KubeClient.Authentication;
using KubeFed.KubeClient.Configuration;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>
/// Keeps the connection to each registered cluster in line with its KubeFedCluster and Secret, probes its health, writes
/// the conditions, and tells the registry. Clusters are looked after each by itself: a dead one delays no other.
/// </summary>
internal sealed class ClusterReconciler(
    IDynamicClient host,
    IResourceStore clusters,
    IResourceStore secrets,
    ClusterRegistry registry,
    IMemberFactory factory,
    ClusterProber prober,
    TokenRenewer renewer,
    Func<ClusterSettings> currentSettings,
    ClusterMetrics? metrics,
    IEventRecorder events,
    TimeProvider time,
    ILogger<ClusterReconciler> logger) : IReconciler<NamespacedName>
{
    private static readonly WriteOptions StatusWrite = new()
    {
        FieldManager = FederationNames.FieldManager,
        Subresource = "status",
        Representation = Representation.Metadata,
    };

    private readonly ConcurrentDictionary<string, ProbeHistory> _histories = new(StringComparer.Ordinal);

    public async Task<ReconcileResult> ReconcileAsync(NamespacedName key, CancellationToken cancellationToken)
    {
        if (clusters.Get(key) is not { } stored)
        {
            await RemoveAsync(key.Name);
            return ReconcileResult.Done;
        }

        if (Read(stored) is not { } cluster)
        {
            await DisconnectUnreadableAsync(stored);
            return ReconcileResult.Done;
        }

        var (member, replaced, problem) = Connect(cluster, stored);
        var probe = await ProbeAsync(member, replaced, problem, cancellationToken);
        var movedAway = member is null || (replaced is not null && replaced.Endpoint != member.Endpoint);
        var history = Remember(key.Name, probe, forget: movedAway);
        var accepted = history.Accepted!.Value;
        metrics?.IsIn(key.Name, accepted.State);
        Tell(stored, accepted, registry.Get(key.Name));
        registry.Set(new ClusterView(key.Name, stored.Metadata.Labels, accepted.IsReady, accepted.IsReady ? "" : Describe(accepted), member));
        if (replaced is not null)
        {
            await replaced.DisposeAsync();
        }

        await WriteStatusAsync(stored, cluster, accepted, TellMissingRights(stored, cluster, member), cancellationToken);
        if (member is not null && accepted.IsReady)
        {
            await renewer.RenewIfDueAsync(stored, SecretOf(cluster), member.Client, cancellationToken);
        }

        return ReconcileResult.RequeueAfter(currentSettings().Period);
    }

    private async Task<Probe> ProbeAsync(Member? member, Member? replaced, string problem, CancellationToken cancellationToken)
    {
        if (member is null)
        {
            return new Probe(ProbeState.Offline, problem);
        }

        var started = time.GetTimestamp();
        try
        {
            return await prober.ProbeAsync(member.Client, cancellationToken);
        }
        catch (OperationCanceledException) when (!ReferenceEquals(registry.Get(member.Name)?.Member, member))
        {
            // Nobody knows of the new connection yet, so nobody else would close it.
            ClusterLog.ConnectionDropped(logger, member.Name, replaced is not null);
            await member.DisposeAsync();
            throw;
        }
        finally
        {
            metrics?.Probed(time.GetElapsedTime(started));
        }
    }

    /// <summary>A KubeFedCluster that cannot be decoded has no connection, and is not ready.</summary>
    private async Task DisconnectUnreadableAsync(KubeObject stored)
    {
        var name = stored.Metadata.Name;
        var member = registry.Get(name)?.Member;
        metrics?.IsIn(name, ProbeState.Offline);
        registry.Set(new ClusterView(name, stored.Metadata.Labels, IsReady: false, "its KubeFedCluster cannot be read", Member: null));
        if (member is not null)
        {
            await member.DisposeAsync();
        }
    }

    /// <summary>The connection for a cluster's present settings: the one there is, or a new one.</summary>
    private (Member? Member, Member? Replaced, string Problem) Connect(KubeFedCluster cluster, KubeObject stored)
    {
        var current = registry.Get(cluster.Metadata.Name)?.Member;
        try
        {
            var secret = ReadSecret(cluster);
            var fingerprint = factory.Fingerprint(cluster, secret);
            if (current?.Settings == fingerprint && TakesToken(current, secret.Token))
            {
                return (current, null, "");
            }

            var started = time.GetTimestamp();
            var member = factory.Connect(cluster, secret, fingerprint);
            metrics?.Connected(time.GetElapsedTime(started));
            ClusterLog.Connected(logger, cluster.Metadata.Name, cluster.Spec.ApiEndpoint);
            return (member, current, "");
        }
        catch (Exception e) when (e is FormatException or ArgumentException or KubeConfigException or CredentialException)
        {
            events.Record(stored, EventType.Warning, CoreEventReasons.MalformedClusterConfig, "Connect", e.Message);
            return (null, current, e.Message);
        }
    }

    /// <summary>
    /// Puts another token into a connection that works, whose watches go on. One that does not work is better made anew: whatever waits for
    /// its next try then begins at once.
    /// </summary>
    private bool TakesToken(Member current, string token)
    {
        if (current.Token.Is(token))
        {
            return true;
        }

        if (registry.Get(current.Name) is not { IsReady: true } || !current.Rights.IsEmpty)
        {
            return false;
        }

        current.Token.Replace(token);
        ClusterLog.TokenReplaced(logger, current.Name);
        return true;
    }

    private MemberSecret ReadSecret(KubeFedCluster cluster)
    {
        var name = cluster.Spec.SecretRef.Name;
        var secret = SecretOf(cluster) ?? throw new FormatException($"the Secret \"{name}\" that spec.secretRef names does not exist in namespace \"{cluster.Metadata.Namespace}\"");
        return MemberSecret.Read(secret) ?? throw new FormatException($"the Secret \"{name}\" has no key \"{FederationNames.TokenKey}\"");
    }

    private KubeObject? SecretOf(KubeFedCluster cluster) =>
        secrets.Get(new NamespacedName(cluster.Metadata.Namespace, cluster.Spec.SecretRef.Name));

    private ProbeHistory Remember(string name, Probe probe, bool forget)
    {
        var settings = currentSettings();
        return _histories.AddOrUpdate(
            name,
            _ => ProbeHistory.Empty.Add(probe, settings.FailureThreshold, settings.SuccessThreshold),
            (_, history) => (forget ? ProbeHistory.Empty : history).Add(probe, settings.FailureThreshold, settings.SuccessThreshold));
    }

    private void Tell(KubeObject stored, Probe accepted, ClusterView? before)
    {
        if (before?.IsReady == accepted.IsReady)
        {
            return;
        }

        if (accepted.IsReady)
        {
            ClusterLog.Ready(logger, stored.Metadata.Name);
        }
        else
        {
            ClusterLog.NotReady(logger, stored.Metadata.Name, accepted.Message);
        }
        if (!accepted.IsReady)
        {
            events.Record(stored, EventType.Warning, CoreEventReasons.RetrievingClusterHealthFailed, "Probe", Describe(accepted));
        }
    }

    /// <summary>What the cluster does not let the control plane do; an event tells when that changes.</summary>
    private string TellMissingRights(KubeObject stored, KubeFedCluster cluster, Member? member)
    {
        var missing = member?.Rights.Describe() ?? "";
        if (missing.Length > 0 && cluster.FindCondition(ClusterConditionTypes.Authorized)?.Message != missing)
        {
            events.Record(stored, EventType.Warning, CoreEventReasons.RightsMissing, "Use", missing);
        }

        return missing;
    }

    private static string Describe(Probe probe) => probe.State == ProbeState.Offline
        ? $"the cluster cannot be reached: {probe.Message}"
        : $"the cluster is not ready: {probe.Message}";

    private async Task WriteStatusAsync(
        KubeObject stored, KubeFedCluster cluster, Probe accepted, string missingRights, CancellationToken cancellationToken)
    {
        var status = (cluster.Status ?? new KubeFedClusterStatus()) with
        {
            Conditions = ClusterConditions.Of(accepted, missingRights, cluster.Status?.Conditions ?? [], time.GetUtcNow()),
        };
        var patch = new JsonObject
        {
            ["status"] = JsonSerializer.SerializeToNode(status, FederationJsonContext.Default.KubeFedClusterStatus),
        };
        try
        {
            await host.PatchAsync(FederationResources.KubeFedClusters, stored.Key, Patch.Merge(patch), StatusWrite, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Unregistered meanwhile: the watch says so.
        }
    }

    private KubeFedCluster? Read(KubeObject stored)
    {
        try
        {
            return stored.Deserialize(FederationJsonContext.Default.KubeFedCluster);
        }
        catch (KubeObjectFormatException e)
        {
            events.Record(stored, EventType.Warning, CoreEventReasons.MalformedClusterConfig, "Connect", e.Message);
            return null;
        }
    }

    private async Task RemoveAsync(string name)
    {
        _histories.TryRemove(name, out _);
        renewer.Forget(name);
        metrics?.Forget(name);
        if (registry.Remove(name) is { } removed)
        {
            ClusterLog.Removed(logger, name);
            if (removed.Member is { } member)
            {
                await member.DisposeAsync();
            }
        }
    }
}
