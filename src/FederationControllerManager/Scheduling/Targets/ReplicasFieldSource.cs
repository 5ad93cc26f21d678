using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Sync;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Scheduling.Targets;

/// <summary>
/// Finds out where the objects of a type keep their replicas: built-in types are known, custom resources say it in the scale
/// subresource of their definition, which is read from the first member that has it and remembered for a while; what has a
/// <c>spec.replicas</c> in its template has them there.
/// </summary>
internal sealed class ReplicasFieldSource(ClusterRegistry clusters, TimeProvider time)
{
    private static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);
    private static readonly GroupVersionResource Definitions = new("apiextensions.k8s.io", "v1", "customresourcedefinitions");
    private readonly ConcurrentDictionary<FederatedType, (ReplicasField? Field, long At)> _known = [];

    /// <summary>The field of a federated object's type, or null where its replicas cannot be told.</summary>
    public async Task<ReplicasField?> FindAsync(FederatedType type, FederatedObject source, CancellationToken cancellationToken)
    {
        var template = source.Template is { } json ? JsonNode.Parse(json.Span) as JsonObject : null;
        var field = OfBuiltIn(type.Target.GroupResource) ?? await OfDefinitionAsync(type, cancellationToken);
        return field is not null
            ? (Fits(template, field, canBeAbsent: true) ? field : null)
            : (Fits(template, ReplicasField.OfWorkloads, canBeAbsent: false) ? ReplicasField.OfWorkloads : null);
    }

    private static ReplicasField? OfBuiltIn(GroupResource resource) => resource switch
    {
        { Group: "apps", Resource: "deployments" or "replicasets" or "statefulsets" } => ReplicasField.OfWorkloads,
        { Group: "", Resource: "replicationcontrollers" } => ReplicasField.OfWorkloads,
        { Group: "batch", Resource: "jobs" } => ReplicasField.OfJobs,
        _ => null,
    };

    /// <summary>Whether an override of the field can be applied: what holds it is in the template, and it is a number if it is there too.</summary>
    private static bool Fits(JsonObject? template, ReplicasField field, bool canBeAbsent)
    {
        var at = template;
        foreach (var member in field.Spec[..^1])
        {
            at = at?[member] as JsonObject;
        }

        return at is not null && (at[field.Spec[^1]] is { } value ? value.GetValueKind() == JsonValueKind.Number : canBeAbsent);
    }

    private async Task<ReplicasField?> OfDefinitionAsync(FederatedType type, CancellationToken cancellationToken)
    {
        if (!type.Target.Group.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        if (_known.TryGetValue(type, out var known) && time.GetElapsedTime(known.At) < RememberFor)
        {
            return known.Field;
        }

        var field = await ReadDefinitionAsync(type, cancellationToken);
        _known[type] = (field, time.GetTimestamp());
        return field;
    }

    private async Task<ReplicasField?> ReadDefinitionAsync(FederatedType type, CancellationToken cancellationToken)
    {
        var name = NamespacedName.Cluster(type.Target.GroupResource.ToString());
        foreach (var member in clusters.Clusters.Values.Where(static c => c.IsReady).Select(static c => c.Member).OfType<Member>())
        {
            try
            {
                using var timeout = new CancellationTokenSource(ReadTimeout, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
                if (await member.Client.FindAsync(Definitions, name, cancellationToken: either.Token) is { } definition)
                {
                    return OfScale(definition, type.Target.Version);
                }
            }
            catch (Exception e) when (e is StatusException or HttpRequestException or IOException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // A member that does not answer, or does not let definitions be read: the next may.
            }
        }

        return null;
    }

    private static ReplicasField? OfScale(KubeObject definition, string version)
    {
        var versions = definition.GetNode("spec", "versions") as JsonArray ?? [];
        var scale = versions.FirstOrDefault(v => (string?)v?["name"] == version)?["subresources"]?["scale"];
        var spec = ReplicasField.Split((string?)scale?["specReplicasPath"]);
        var status = ReplicasField.Split((string?)scale?["statusReplicasPath"]);
        return spec.Length < 2 ? null : new ReplicasField { Spec = spec, Ready = ["status", "readyReplicas"], Running = status };
    }
}
