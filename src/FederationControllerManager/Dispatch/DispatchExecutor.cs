using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.FederationControllerManager.Dispatch;

/// <summary>
/// Carries out intents against one member. An apply is exactly one request and no read; only a create under disabled
/// adoption, and the first apply of an object whose replicas are left to the member, take a second one.
/// </summary>
internal sealed class DispatchExecutor(IDynamicClient client)
{
    /// <summary>Owns the replica count that was set once and then belongs to the member.</summary>
    private const string InitialReplicasManager = "kubefed-initial-replicas";

    private static readonly ApplyOptions ApplyOptions = new()
    {
        FieldManager = FederationNames.FieldManager,
        Force = true,
        Representation = Representation.Metadata,
    };

    private static readonly ApplyOptions InitialReplicasOptions = new()
    {
        FieldManager = InitialReplicasManager,
        Representation = Representation.Metadata,
    };

    private static readonly GetOptions MetadataRead = new() { Representation = Representation.Metadata };

    private static readonly WriteOptions CreateOptions = new() { FieldManager = FederationNames.FieldManager };

    private static readonly WriteOptions MetadataWrite = new()
    {
        FieldManager = FederationNames.FieldManager,
        Representation = Representation.Metadata,
    };

    private static readonly byte[] RemoveLabelPatch = Encoding.UTF8.GetBytes(
        new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [FederationLabels.Managed] = null } },
        }.ToJsonString());

    /// <summary>Carries out one intent. Failures of the member are outcomes; only cancellation throws.</summary>
    public async Task<DispatchOutcome> ExecuteAsync(DispatchIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            return DispatchOutcome.Done(await SendAsync(intent, cancellationToken));
        }
        catch (StatusException e) when (IsAlreadyDone(intent, e))
        {
            return DispatchOutcome.Done(null);
        }
        catch (StatusException e)
        {
            return DispatchOutcome.Failed(Classify(intent, e), e.Message, e.RetryAfter);
        }
        catch (HalfDoneException e)
        {
            return DispatchOutcome.Failed(DispatchResult.Failed, e.Message);
        }
        catch (KubeObjectFormatException e)
        {
            return DispatchOutcome.Failed(DispatchResult.Failed, $"the cluster's answer could not be read: {e.Message}");
        }
        catch (TimeoutException e)
        {
            return DispatchOutcome.Failed(DispatchResult.TimedOut, e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return DispatchOutcome.Failed(DispatchResult.Unreachable, e.Message);
        }
    }

    private Task<KubeObject?> SendAsync(DispatchIntent intent, CancellationToken cancellationToken) => intent.Action switch
    {
        DispatchAction.Apply => ApplyAsync(intent, cancellationToken),
        DispatchAction.Create => CreateAsync(intent, cancellationToken),
        DispatchAction.Delete => client.DeleteAsync(intent.Resource, intent.Key.Target, intent.DeleteOptions, cancellationToken),
        DispatchAction.RemoveManagedLabel => RemoveLabelAsync(intent, cancellationToken),
        DispatchAction.Verify => client.FindAsync(intent.Resource, intent.Key.Target, MetadataRead, cancellationToken),
        _ => throw new InvalidOperationException($"unknown action {intent.Action}"),
    };

    private async Task<KubeObject?> ApplyAsync(DispatchIntent intent, CancellationToken cancellationToken)
    {
        if (intent.TakesOwnership)
        {
            await TakeOwnershipAsync(intent, cancellationToken);
        }

        if (intent is { RetainsReplicas: true, Exists: true })
        {
            await HandOverReplicasAsync(intent, cancellationToken);
        }

        var applied = await client.ApplyAsync(intent.Resource, intent.Key.Target, intent.Body, ApplyOptions, cancellationToken);
        return await SetInitialReplicasAsync(intent, cancellationToken) ?? applied;
    }

    /// <summary>
    /// Where an earlier apply of ours set the replicas, leaving them out would make the server drop them. So another manager
    /// takes them over first, at the value that they have now.
    /// </summary>
    private async Task HandOverReplicasAsync(DispatchIntent intent, CancellationToken cancellationToken)
    {
        var live = await client.FindAsync(intent.Resource, intent.Key.Target, cancellationToken: cancellationToken);
        if (live?.GetNode("spec", "replicas") is JsonValue value && value.TryGetValue<long>(out var replicas) && OwnsReplicas(live))
        {
            await client.ApplyAsync(
                intent.Resource, intent.Key.Target, ReplicasOnly(intent, replicas), InitialReplicasOptions, cancellationToken);
        }
    }

    private static bool OwnsReplicas(KubeObject live) => live.ReadManagedFields().Any(static entry =>
        entry is { Manager: FederationNames.FieldManager, Operation: "Apply" }
        && entry.FieldsV1.ValueKind == JsonValueKind.Object
        && entry.FieldsV1.TryGetProperty("f:spec", out var spec)
        && spec.TryGetProperty("f:replicas", out _));

    private async Task<KubeObject?> SetInitialReplicasAsync(DispatchIntent intent, CancellationToken cancellationToken) =>
        intent.InitialReplicas is { } replicas
            ? await client.ApplyAsync(
                intent.Resource, intent.Key.Target, ReplicasOnly(intent, replicas), InitialReplicasOptions, cancellationToken)
            : null;

    private async Task<KubeObject?> CreateAsync(DispatchIntent intent, CancellationToken cancellationToken)
    {
        var created = await client.CreateAsync(intent.Resource, KubeObject.Parse(intent.Body), CreateOptions, cancellationToken);
        try
        {
            var owned = OwnershipPatch(created) is { } patch
                ? await client.PatchAsync(intent.Resource, intent.Key.Target, patch, MetadataWrite, cancellationToken)
                : created;
            return await SetInitialReplicasAsync(intent, cancellationToken) ?? owned;
        }
        catch (StatusException e)
        {
            // Not the answer to the create: what it made is there, and is looked after by the next apply.
            throw new HalfDoneException($"the object was created, but its fields could not be taken over: {e.Message}", e);
        }
    }

    private async Task TakeOwnershipAsync(DispatchIntent intent, CancellationToken cancellationToken)
    {
        var live = await client.FindAsync(intent.Resource, intent.Key.Target, cancellationToken: cancellationToken);
        if (live is not null && OwnershipPatch(live) is { } patch)
        {
            await client.PatchAsync(intent.Resource, intent.Key.Target, patch, MetadataWrite, cancellationToken);
        }
    }

    private async Task<KubeObject?> RemoveLabelAsync(DispatchIntent intent, CancellationToken cancellationToken) =>
        await client.PatchAsync(
            intent.Resource, intent.Key.Target, new Patch(PatchType.Merge, RemoveLabelPatch), MetadataWrite, cancellationToken);

    /// <summary>
    /// A create records its fields under an Update entry, from which a later apply cannot take any away. Turning that entry
    /// into an Apply entry is what lets it.
    /// </summary>
    private static Patch? OwnershipPatch(KubeObject created)
    {
        var entries = created.ReadManagedFields();
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Manager == FederationNames.FieldManager && entries[i].Operation == "Update")
            {
                var patch = new JsonArray
                {
                    new JsonObject { ["op"] = "test", ["path"] = $"/metadata/managedFields/{i}/manager", ["value"] = FederationNames.FieldManager },
                    new JsonObject { ["op"] = "replace", ["path"] = $"/metadata/managedFields/{i}/operation", ["value"] = "Apply" },
                };
                return new Patch(PatchType.Json, Encoding.UTF8.GetBytes(patch.ToJsonString()));
            }
        }

        return null;
    }

    private static byte[] ReplicasOnly(DispatchIntent intent, long replicas)
    {
        var desired = KubeObject.Parse(intent.Body);
        var metadata = new JsonObject { ["name"] = desired.Metadata.Name };
        if (desired.Metadata.Namespace.Length > 0)
        {
            metadata["namespace"] = desired.Metadata.Namespace;
        }

        var body = new JsonObject
        {
            ["apiVersion"] = desired.ApiVersion,
            ["kind"] = desired.Kind,
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = replicas },
        };
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static bool IsAlreadyDone(DispatchIntent intent, StatusException e) => intent.Action switch
    {
        DispatchAction.Delete or DispatchAction.RemoveManagedLabel => e.IsNotFound,
        _ => false,
    };

    private static DispatchResult Classify(DispatchIntent intent, StatusException e)
    {
        if (intent.Action == DispatchAction.Create && e.IsAlreadyExists)
        {
            return DispatchResult.AlreadyExists;
        }

        if (e.IsTimeout || e.IsServerTimeout)
        {
            return DispatchResult.TimedOut;
        }

        // A 503 that names a time comes from a server that did nothing, or from a proxy in front of it; what may be done twice waits.
        if (e.IsTooManyRequests || (e is { IsServiceUnavailable: true, RetryAfter: not null } && intent.Action != DispatchAction.Create))
        {
            return DispatchResult.Throttled;
        }

        if (e.IsServiceUnavailable)
        {
            return DispatchResult.Unreachable;
        }

        return e.Code is >= 400 and < 500 && !e.IsConflict && !e.IsNotFound && !e.IsNamespaceTerminating
            ? DispatchResult.Rejected
            : DispatchResult.Failed;
    }

    /// <summary>The first of two requests was carried out, the second was not.</summary>
    private sealed class HalfDoneException(string message, Exception inner) : Exception(message, inner);
}
