using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Overrides;

namespace KubeFed.FederationApiServer.Admission;

/// <summary>
/// The rules of <c>Federated&lt;Kind&gt;</c> objects: overrides that could never be applied to the template are refused, a placement that names an
/// unknown cluster is warned of, and the sync controller's finalizer is there from the beginning. An update that leaves the spec as it is
/// passes always, so that what was stored before stays removable.
/// </summary>
internal sealed class FederatedObjectAdmission(IFederatedTypes types) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is { Operation: AdmissionOperation.Create, Object: { } value, Context.Subresource: "" }
            && types.Find(request.Context.Type.GroupResource) is { Propagated: true })
        {
            AddFinalizer(value);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is { Operation: not AdmissionOperation.Delete, Object: { } value, Context.Subresource: "" }
            && types.Find(request.Context.Type.GroupResource) is { } type
            && !IsSameSpec(value, request.OldObject))
        {
            Validate(request, FederatedObject.Read(KubeObject.FromNodeWithoutManagedFields(value)), type);
        }

        return ValueTask.CompletedTask;
    }

    private static void AddFinalizer(JsonObject value)
    {
        if (value["metadata"] is not JsonObject metadata)
        {
            value["metadata"] = metadata = [];
        }

        if (metadata["finalizers"] is not JsonArray finalizers)
        {
            metadata["finalizers"] = finalizers = [];
        }

        if (!finalizers.Any(static item => (string?)item == FederationFinalizers.SyncController))
        {
            finalizers.Add(FederationFinalizers.SyncController);
        }
    }

    private static bool IsSameSpec(JsonObject value, KubeObject? old) => old is not null && JsonNode.DeepEquals(value["spec"], old.GetNode("spec"));

    private void Validate(AdmissionRequest request, FederatedObject source, FederatedType type)
    {
        var check = OverrideCheck.Of(source, type.Target);
        if (check.Errors.Count > 0)
        {
            throw StatusErrors.Invalid(request.Context.Type.GroupKind, source.Metadata.Name, check.Errors.ToCauses());
        }

        foreach (var warning in check.Warnings)
        {
            request.Context.Warnings.Add(warning);
        }

        WarnOfUnknownClusters(request, source);
    }

    private void WarnOfUnknownClusters(AdmissionRequest request, FederatedObject source)
    {
        if (types.Clusters is not { } known)
        {
            return;
        }

        var names = source.Placement.Clusters ?? [];
        for (var i = 0; i < names.Count; i++)
        {
            if (!known.Contains(names[i]))
            {
                request.Context.Warnings.Add($"spec.placement.clusters[{i}].name: cluster \"{names[i]}\" is not registered: nothing is propagated to it until it joins");
            }
        }

        for (var i = 0; i < source.Overrides.Count; i++)
        {
            if (!known.Contains(source.Overrides[i].ClusterName))
            {
                request.Context.Warnings.Add($"spec.overrides[{i}].clusterName: cluster \"{source.Overrides[i].ClusterName}\" is not registered: the entry has no effect until it joins");
            }
        }
    }
}
