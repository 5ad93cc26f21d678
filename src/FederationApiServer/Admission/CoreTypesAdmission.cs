using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.FederationApis;
using KubeFed.FederationCore.Validation;

namespace KubeFed.FederationApiServer.Admission;

/// <summary>The rules of clusters, type configs and the configuration that a schema cannot say.</summary>
internal sealed class CoreTypesAdmission : IAdmissionPlugin
{
    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request is { Operation: not AdmissionOperation.Delete, Object: { } value } && request.Context.Type.Group == FederationGroups.Core)
        {
            Validate(request, KubeObject.FromNode(value));
        }

        return ValueTask.CompletedTask;
    }

    private static void Validate(AdmissionRequest request, KubeObject value)
    {
        var kind = request.Context.Type.GroupKind;
        try
        {
            var errors = CoreObjectValidation.Validate(kind, request.Context.Subresource, value, request.OldObject);
            if (errors.Count > 0)
            {
                throw StatusErrors.Invalid(kind, value.Metadata.Name, errors.ToCauses());
            }
        }
        catch (KubeObjectFormatException e)
        {
            throw StatusErrors.BadRequest(e.Message);
        }
    }
}
