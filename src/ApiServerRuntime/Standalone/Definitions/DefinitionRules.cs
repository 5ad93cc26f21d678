using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Standalone.Definitions;

/// <summary>Fills in what a definition leaves out and refuses those that cannot be served, with kube-apiserver's texts.</summary>
internal sealed class DefinitionRules : IAdmissionPlugin
{
    /// <summary>Holds a definition until all objects of its type are deleted.</summary>
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    private const string Approval = "api-approved.kubernetes.io";
    private static readonly ResourceType Definitions = BuiltinTypes.Get("apiextensions.k8s.io", "customresourcedefinitions");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (Concerns(request) && request.Object is { } root && request.Context.Subresource.Length == 0)
        {
            if (root["spec"] is JsonObject spec)
            {
                FillNames(spec);
                spec.TryAdd("conversion", new JsonObject { ["strategy"] = "None" });
            }

            FillStatus(request, root);
            if (request.Operation == AdmissionOperation.Create)
            {
                AddFinalizer(root);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (Concerns(request) && request.Object is { } root)
        {
            var errors = request.Context.Subresource.Length == 0 ? CheckMain(root, request.OldObject) : [];
            CheckStoredVersions(root, errors);
            if (errors.Count > 0)
            {
                throw StatusErrors.Invalid(Definitions.GroupKind, (string?)root["metadata"]?["name"] ?? string.Empty, errors.ToCauses());
            }
        }

        return ValueTask.CompletedTask;
    }

    private static bool Concerns(AdmissionRequest request) => request.Context.Type.GroupResource == Definitions.GroupResource;

    private static void FillNames(JsonObject spec)
    {
        if (spec["names"] is JsonObject names && (string?)names["kind"] is { Length: > 0 } kind)
        {
            names.TryAdd("singular", kind.ToLowerInvariant());
            names.TryAdd("listKind", kind + "List");
        }
    }

    private static void FillStatus(AdmissionRequest request, JsonObject root)
    {
        string? stored = (root["spec"]?["versions"] as JsonArray)?.OfType<JsonObject>()
            .Where(static version => version["storage"]?.GetValue<bool>() == true)
            .Select(static version => (string?)version["name"])
            .FirstOrDefault();
        if (stored is null)
        {
            return;
        }

        if (request.Operation == AdmissionOperation.Create || root["status"] is not JsonObject status)
        {
            root["status"] = new JsonObject
            {
                ["acceptedNames"] = new JsonObject { ["kind"] = "", ["plural"] = "" },
                ["conditions"] = new JsonArray(),
                ["storedVersions"] = new JsonArray(stored),
            };
        }
        else if (status["storedVersions"] is not JsonArray versions)
        {
            status["storedVersions"] = new JsonArray(stored);
        }
        else if (!versions.Any(version => (string?)version == stored))
        {
            versions.Add(stored);
        }
    }

    private static void AddFinalizer(JsonObject root)
    {
        var metadata = root["metadata"]!.AsObject();
        if (metadata["finalizers"] is not JsonArray finalizers)
        {
            metadata["finalizers"] = finalizers = [];
        }

        if (!finalizers.Any(static finalizer => (string?)finalizer == Finalizer))
        {
            finalizers.Add(Finalizer);
        }
    }

    private static FieldErrorList CheckMain(JsonObject root, KubeObject? old)
    {
        var errors = CrdReader.Read((JsonObject)root.DeepClone()).Errors;
        var spec = FieldPath.Root("spec");
        string group = (string?)root["spec"]?["group"] ?? string.Empty;
        if (BuiltinTypes.Groups.Contains(group))
        {
            errors.Add(FieldError.Invalid(spec.Child("group"), group, "is built into the server"));
        }
        else if (IsProtected(group) && root["metadata"]?["annotations"]?[Approval] is null)
        {
            errors.Add(FieldError.Required(
                FieldPath.Root("metadata").Child("annotations").Key(Approval),
                $"protected groups must have approval annotation \"{Approval}\""));
        }

        string scope = (string?)root["spec"]?["scope"] ?? string.Empty;
        if (old is not null && Conditions.IsTrue(old.GetNode("status"), DefinitionStatus.Established) && old.GetString("spec", "scope") != scope)
        {
            errors.Add(FieldError.Invalid(spec.Child("scope"), scope, "field is immutable"));
        }

        return errors;
    }

    private static void CheckStoredVersions(JsonObject root, FieldErrorList errors)
    {
        if (root["status"]?["storedVersions"] is not JsonArray stored)
        {
            return;
        }

        var names = (root["spec"]?["versions"] as JsonArray)?.Select(static version => (string?)version?["name"]).ToHashSet() ?? [];
        for (int i = 0; i < stored.Count; i++)
        {
            string name = (string?)stored[i] ?? string.Empty;
            if (!names.Contains(name))
            {
                errors.Add(FieldError.Invalid(FieldPath.Root("status").Child("storedVersions").Index(i), name, "must appear in spec.versions"));
            }
        }
    }

    private static bool IsProtected(string group) =>
        group is "k8s.io" or "kubernetes.io" || group.EndsWith(".k8s.io", StringComparison.Ordinal) || group.EndsWith(".kubernetes.io", StringComparison.Ordinal);
}
