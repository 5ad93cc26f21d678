using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.FederationApis;
using KubeFed.FederationApis.Core.V1Beta1;
using KubeFed.FederationApis.Serialization;
using KubeFed.FederationApis.Validation;

namespace KubeFed.FederationApiServer.Admission;

/// <summary>The rules of clusters, type configs and the configuration that a schema cannot say.</summary>
internal sealed class CoreTypesAdmission : IAdmissionPlugin
{
    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is { Operation: not AdmissionOperation.Delete, Object: { } value } && request.Context.Type.Group == FederationGroups.Core)
        {
            var parsed = KubeObject.FromNode(value);
            var errors = Find(request.Context.Type.GroupKind, request.Context.Subresource, parsed, request.OldObject);
            if (errors is { Count: > 0 })
            {
                throw StatusErrors.Invalid(request.Context.Type.GroupKind, parsed.Metadata.Name, errors.ToCauses());
            }
        }

        return ValueTask.CompletedTask;
    }

    private static FieldErrorList? Find(GroupKind kind, string subresource, KubeObject value, KubeObject? old)
    {
        var isStatus = subresource == "status";
        if (!isStatus && old is not null && JsonNode.DeepEquals(value.GetNode("spec"), old.GetNode("spec")))
        {
            return null;
        }

        return kind.Kind switch
        {
            nameof(KubeFedCluster) when isStatus => KubeFedClusterValidator.ValidateStatus(Read(value, FederationJsonContext.Default.KubeFedCluster)),
            nameof(KubeFedCluster) => KubeFedClusterValidator.Validate(Read(value, FederationJsonContext.Default.KubeFedCluster)),
            nameof(FederatedTypeConfig) when isStatus => FederatedTypeConfigValidator.ValidateStatus(Read(value, FederationJsonContext.Default.FederatedTypeConfig)),
            nameof(FederatedTypeConfig) => FederatedTypeConfigValidator.Validate(Read(value, FederationJsonContext.Default.FederatedTypeConfig)),
            nameof(KubeFedConfig) when old is not null => KubeFedConfigValidator.ValidateUpdate(
                Read(value, FederationJsonContext.Default.KubeFedConfig), Read(old, FederationJsonContext.Default.KubeFedConfig)),
            nameof(KubeFedConfig) => KubeFedConfigValidator.Validate(Read(value, FederationJsonContext.Default.KubeFedConfig)),
            _ => null,
        };
    }

    private static T Read<T>(KubeObject value, JsonTypeInfo<T> type)
    {
        try
        {
            return value.Deserialize(type);
        }
        catch (KubeObjectFormatException e)
        {
            throw StatusErrors.BadRequest(e.Message);
        }
    }
}
