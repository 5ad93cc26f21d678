using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Validation;

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
        var found = FederatedObjectValidation.Of(source, type.Target, types.Clusters);
        if (found.Errors.Count > 0)
        {
            throw StatusErrors.Invalid(request.Context.Type.GroupKind, source.Metadata.Name, found.Errors.ToCauses());
        }

        foreach (var warning in found.Warnings)
        {
            request.Context.Warnings.Add(warning);
        }
    }
}
