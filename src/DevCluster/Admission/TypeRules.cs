using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.DevClusters.Admission;

/// <summary>The rules of some types that their schemas do not say. Writes of subresources pass it by.</summary>
/// <param name="group">The API group.</param>
/// <param name="plurals">The resources.</param>
internal abstract class TypeRules(string group, params string[] plurals) : IAdmissionPlugin
{
    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        Concerns(request) && request.Object is { } root ? CompleteAsync(request, root, cancellationToken) : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (Concerns(request) && request.Object is { } root)
        {
            var errors = new FieldErrorList();
            Check(request, root, request.OldObject?.ToNode(), errors);
            if (errors.Count > 0)
            {
                throw StatusErrors.Invalid(request.Context.Type.GroupKind, (string?)root["metadata"]?["name"] ?? string.Empty, errors.ToCauses());
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Fills in what is missing.</summary>
    protected virtual ValueTask CompleteAsync(AdmissionRequest request, JsonObject root, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Says what is wrong with an object; old is null for a new one.</summary>
    protected virtual void Check(AdmissionRequest request, JsonObject root, JsonObject? old, FieldErrorList errors)
    {
    }

    /// <summary>Refuses that a field of the spec changes.</summary>
    protected static void Keep(JsonObject root, JsonObject? old, string field, FieldErrorList errors)
    {
        var now = root["spec"]?[field];
        if (old is not null && !JsonNode.DeepEquals(now, old["spec"]?[field]))
        {
            errors.Add(FieldError.Invalid(FieldPath.Root("spec").Child(field), FieldValue.From(now), "field is immutable"));
        }
    }

    /// <summary>Sets a member that is missing.</summary>
    protected static void Default(JsonObject map, string name, Func<JsonNode> value)
    {
        if (!map.ContainsKey(name))
        {
            map[name] = value();
        }
    }

    private bool Concerns(AdmissionRequest request) =>
        request.Operation != AdmissionOperation.Delete
        && request.Context.Subresource.Length == 0
        && request.Context.Type.Group == group
        && plurals.Contains(request.Context.Type.Plural, StringComparer.Ordinal);
}
