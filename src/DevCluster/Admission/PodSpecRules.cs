using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.DevClusters.Admission;

/// <summary>What people get wrong most in the spec of a pod, or of a template of pods.</summary>
internal static class PodSpecRules
{
    /// <summary>Says what is wrong.</summary>
    public static void Check(JsonObject spec, FieldPath at, FieldErrorList errors)
    {
        var volumes = (spec["volumes"] as JsonArray ?? []).Select(static volume => (string?)volume?["name"]).ToHashSet();
        foreach (string list in new[] { "containers", "initContainers" })
        {
            var containers = spec[list] as JsonArray ?? [];
            for (int i = 0; i < containers.Count; i++)
            {
                if (containers[i] is JsonObject container)
                {
                    CheckContainer(container, volumes, at.Child(list).Index(i), errors);
                }
            }
        }
    }

    private static void CheckContainer(JsonObject container, HashSet<string?> volumes, FieldPath at, FieldErrorList errors)
    {
        if (NameValidation.IsDns1123Label((string?)container["name"] ?? string.Empty) is { Count: > 0 } reasons)
        {
            errors.Add(FieldError.Invalid(at.Child("name"), (string?)container["name"] ?? string.Empty, string.Join(",", reasons)));
        }

        if ((string?)container["image"] is not { Length: > 0 })
        {
            errors.Add(FieldError.Required(at.Child("image")));
        }

        var mounts = container["volumeMounts"] as JsonArray ?? [];
        for (int i = 0; i < mounts.Count; i++)
        {
            string name = (string?)mounts[i]?["name"] ?? string.Empty;
            if (!volumes.Contains(name))
            {
                errors.Add(FieldError.NotFound(at.Child("volumeMounts").Index(i).Child("name"), name));
            }
        }
    }
}
