using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Patching;
using KubeFed.ApiMachinery.Validation;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationCore.Rendering;

namespace KubeFed.FederationCore.Overrides;

/// <summary>
/// Tries every cluster's overrides on the template, before anything is stored: what could never be propagated is an error at the operation's
/// field, and what only a value that the member fills in could save is a warning.
/// </summary>
public sealed class OverrideCheck
{
    private readonly FieldErrorList _errors = new();
    private readonly List<string> _warnings = [];

    private OverrideCheck()
    {
    }

    /// <summary>What is wrong, in the order of the fields.</summary>
    public FieldErrorList Errors => _errors;

    /// <summary>What will probably fail in the members, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Checks an object.</summary>
    /// <param name="source">The federated object.</param>
    /// <param name="target">What it becomes in the members.</param>
    public static OverrideCheck Of(FederatedObject source, TargetDescription target)
    {
        var check = new OverrideCheck();
        var overrides = FieldPath.Root("spec").Child("overrides");
        if (check.ReadTemplate(source, target) is not { } template)
        {
            return check;
        }

        if (source.OverridesError is { } error)
        {
            check._errors.Add(FieldError.Invalid(overrides, FieldValue.Omitted, error));
            return check;
        }

        var clusters = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < source.Overrides.Count; i++)
        {
            check.CheckEntry(source.Overrides[i], template, clusters, overrides.Index(i));
        }

        return check;
    }

    private static bool IsMissingLeaf(JsonObject root, JsonPointer path) =>
        JsonPointer.Of(path.Tokens.SkipLast(1)).TryGet(root, out var parent) && parent is JsonObject owner && !owner.ContainsKey(path.Last);

    private JsonObject? ReadTemplate(FederatedObject source, TargetDescription target)
    {
        var path = FieldPath.Root("spec").Child("template");
        try
        {
            var template = source.Template is { } json ? CanonicalJson.Parse(json) as JsonObject : [];
            if (template is null)
            {
                _errors.Add(FieldError.Invalid(path, FieldValue.Omitted, "must be an object"));
                return null;
            }

            TemplateTree.Prepare(template, target, new NamespacedName(target.Namespaced ? source.Metadata.Namespace : string.Empty, source.Metadata.Name));
            return template;
        }
        catch (Exception e) when (e is TemplateException or JsonException or FormatException or InvalidOperationException)
        {
            _errors.Add(FieldError.Invalid(path, FieldValue.Omitted, e.Message));
            return null;
        }
    }

    private void CheckEntry(ClusterOverrides entry, JsonObject template, HashSet<string> clusters, FieldPath path)
    {
        if (!clusters.Add(entry.ClusterName))
        {
            _errors.Add(FieldError.Duplicate(path.Child("clusterName"), entry.ClusterName));
            return;
        }

        var operations = path.Child("clusterOverrides");
        if (entry.Error is { } error)
        {
            _errors.Add(FieldError.Invalid(operations, FieldValue.Omitted, error));
            return;
        }

        var root = template.DeepClone().AsObject();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entry.Operations.Count; i++)
        {
            CheckOperation(entry.Operations[i], root, paths, operations.Index(i), entry.ClusterName);
        }
    }

    private void CheckOperation(OverrideOperation operation, JsonObject root, HashSet<string> paths, FieldPath at, string cluster)
    {
        if (operation.Op is not (null or "" or OverridePatch.Add or OverridePatch.Remove or OverridePatch.Replace))
        {
            _errors.Add(FieldError.NotSupported(at.Child("op"), operation.Op, OverridePatch.Add, OverridePatch.Remove, OverridePatch.Replace));
            return;
        }

        var path = at.Child("path");
        if (OverridePaths.FindFault(operation.Path) is { } fault)
        {
            _errors.Add(FieldError.Invalid(path, operation.Path, fault));
        }
        else if (!paths.Add(operation.Path))
        {
            _errors.Add(FieldError.Duplicate(path, operation.Path));
        }
        else if (operation.Op == OverridePatch.Remove && IsMissingLeaf(root, JsonPointer.Parse(operation.Path)))
        {
            _warnings.Add($"{path}: the template has no {operation.Path} to remove: cluster \"{cluster}\" will report ApplyOverridesFailed");
        }
        else
        {
            Try(operation, root, path);
        }
    }

    private void Try(OverrideOperation operation, JsonObject root, FieldPath path)
    {
        try
        {
            OverridePatch.ApplyOne(root, operation);
        }
        catch (JsonPatchException e)
        {
            _errors.Add(FieldError.Invalid(path, operation.Path, e.Reason));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            _errors.Add(FieldError.Invalid(path, operation.Path, e.Message));
        }
    }
}
