using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>The rules for owner references: each is complete, and one at most controls.</summary>
internal static class OwnerReferenceRules
{
    public static void Validate(IReadOnlyList<OwnerReference> owners, FieldPath at, FieldErrorList errors)
    {
        string? controller = null;
        foreach (OwnerReference owner in owners)
        {
            Complete(owner, at, errors);
            if (owner.Controller != true)
            {
                continue;
            }

            string name = $"{owner.Kind}/{owner.Name}";
            if (controller is not null)
            {
                errors.Add(FieldError.Invalid(
                    at,
                    Shown(owners),
                    $"Only one reference can have Controller set to true. Found \"true\" in references for {controller} and {name}"));
            }

            controller ??= name;
        }
    }

    private static void Complete(OwnerReference owner, FieldPath at, FieldErrorList errors)
    {
        int slash = owner.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        bool versioned = owner.ApiVersion.Length > slash + 1 && owner.ApiVersion.IndexOf('/', slash + 1) < 0;
        if (!versioned)
        {
            errors.Add(FieldError.Invalid(at.Child("apiVersion"), owner.ApiVersion, "version must not be empty"));
        }

        NotEmpty(owner.Kind, "kind", at, errors);
        NotEmpty(owner.Name, "name", at, errors);
        NotEmpty(owner.Uid, "uid", at, errors);
        if (owner is { ApiVersion: "v1", Kind: "Event" })
        {
            errors.Add(FieldError.Invalid(at, Shown([owner]), "/v1, Kind=Event is disallowed from being an owner"));
        }
    }

    private static void NotEmpty(string value, string field, FieldPath at, FieldErrorList errors)
    {
        if (value.Length == 0)
        {
            errors.Add(FieldError.Invalid(at.Child(field), value, "must not be empty"));
        }
    }

    private static FieldValue Shown(IReadOnlyList<OwnerReference> owners) =>
        FieldValue.From((JsonNode?)JsonSerializer.SerializeToNode(owners, ObjectMetaJsonContext.Default.IReadOnlyListOwnerReference));
}
