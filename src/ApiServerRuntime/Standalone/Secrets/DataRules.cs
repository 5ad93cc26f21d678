using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.ApiServerRuntime.Standalone.Secrets;

/// <summary>
/// The rules of Secrets and ConfigMaps: stringData goes into data, names of entries, sizes, a Secret's type stays, and what is immutable stays
/// as it is. Texts are kube-apiserver's.
/// </summary>
internal sealed class DataRules : IAdmissionPlugin
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxKeyLength = 253;
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("-._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly GroupResource Secrets = new(string.Empty, "secrets");
    private static readonly GroupResource ConfigMaps = new(string.Empty, "configmaps");

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Context.Type.GroupResource == Secrets && request.Object is { } root)
        {
            if (root["stringData"] is JsonObject texts)
            {
                Merge(root, texts);
            }

            root.Remove("stringData");
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var resource = request.Context.Type.GroupResource;
        if (request.Object is { } root && (resource == Secrets || resource == ConfigMaps))
        {
            var errors = new FieldErrorList();
            CheckData(root, errors);
            if (request.OldObject is { } old)
            {
                CheckChange(root, old, resource == Secrets, errors);
            }

            if (errors.Count > 0)
            {
                throw StatusErrors.Invalid(request.Context.Type.GroupKind, (string?)root["metadata"]?["name"] ?? string.Empty, errors.ToCauses());
            }
        }

        return ValueTask.CompletedTask;
    }

    private static void Merge(JsonObject root, JsonObject texts)
    {
        if (root["data"] is not JsonObject data)
        {
            root["data"] = data = [];
        }

        foreach (var (key, value) in texts)
        {
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes((string?)value ?? string.Empty));
        }
    }

    private static void CheckData(JsonObject root, FieldErrorList errors)
    {
        long total = 0;
        var texts = root["data"] as JsonObject ?? [];
        foreach (var (key, value) in texts)
        {
            CheckKey(FieldPath.Root("data").Key(key), key, errors);
            total += Encoding.UTF8.GetByteCount((string?)value ?? string.Empty);
        }

        foreach (var (key, value) in root["binaryData"] as JsonObject ?? [])
        {
            var field = FieldPath.Root("binaryData").Key(key);
            CheckKey(field, key, errors);
            if (texts.ContainsKey(key))
            {
                errors.Add(FieldError.Invalid(field, key, "duplicate of key present in data"));
            }

            total += Base64.GetMaxDecodedFromUtf8Length(((string?)value ?? string.Empty).Length);
        }

        if (total > MaxBytes)
        {
            errors.Add(FieldError.TooLong(FieldPath.Root("data"), MaxBytes));
        }
    }

    private static void CheckKey(FieldPath field, string key, FieldErrorList errors)
    {
        if (key.Length > MaxKeyLength)
        {
            errors.Add(FieldError.Invalid(field, key, $"must be no more than {MaxKeyLength} characters"));
        }
        else if (key.Length == 0 || key.AsSpan().ContainsAnyExcept(KeyCharacters))
        {
            errors.Add(FieldError.Invalid(
                field,
                key,
                "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"));
        }
        else if (key is "." or "..")
        {
            errors.Add(FieldError.Invalid(field, key, $"must not be '{key}'"));
        }
    }

    private static void CheckChange(JsonObject root, KubeObject old, bool isSecret, FieldErrorList errors)
    {
        if (isSecret && old.GetString("type") is { } type && (string?)root["type"] != type)
        {
            errors.Add(FieldError.Invalid(FieldPath.Root("type"), (string?)root["type"] ?? string.Empty, "field is immutable"));
        }

        if (old.GetNode("immutable")?.GetValue<bool>() != true)
        {
            return;
        }

        if (root["immutable"]?.GetValue<bool>() != true)
        {
            errors.Add(FieldError.Forbidden(FieldPath.Root("immutable"), "field is immutable when `immutable` is set"));
        }

        foreach (string member in new[] { "data", "binaryData" })
        {
            if (!JsonNode.DeepEquals(root[member], old.GetNode(member)))
            {
                errors.Add(FieldError.Forbidden(FieldPath.Root(member), "field is immutable when `immutable` is set"));
            }
        }
    }
}
