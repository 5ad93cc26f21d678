using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationApis.Types.V1Beta1;

namespace KubeFed.FederationCore.Overrides;

/// <summary>
/// Applies a cluster's operations to a tree: RFC 6902, except that replacing an object's missing member adds it.
/// </summary>
internal static class OverridePatch
{
    public const string Add = "add";
    public const string Remove = "remove";
    public const string Replace = "replace";

    private static readonly System.Text.Json.JsonDocumentOptions DocumentOptions = new() { MaxDepth = KubeObject.MaxDepth };

    /// <summary>Applies all, in order, or stops at the first that fails and says why; the tree is then half changed.</summary>
    public static string? Apply(JsonObject root, IReadOnlyList<OverrideOperation> operations)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];
            var op = string.IsNullOrEmpty(operation.Op) ? Replace : operation.Op;
            if (Apply(root, op, operation) is { } fault)
            {
                return $"override {i.ToString(CultureInfo.InvariantCulture)} ({op} {operation.Path}): {fault}";
            }
        }

        return null;
    }

    private static string? Apply(JsonObject root, string op, OverrideOperation operation)
    {
        var tokens = operation.Path.Split('/');
        JsonNode? parent = root;
        for (var i = 1; i < tokens.Length - 1; i++)
        {
            if (!TryStep(parent, Unescape(tokens[i]), out parent))
            {
                return $"{string.Join('/', tokens[..(i + 1)])} does not exist";
            }
        }

        var last = Unescape(tokens[^1]);
        return parent switch
        {
            JsonObject members => ApplyToObject(members, op, last, operation),
            JsonArray items => ApplyToArray(items, op, last, operation),
            _ => "the parent is neither an object nor a list",
        };
    }

    private static string? ApplyToObject(JsonObject members, string op, string name, OverrideOperation operation)
    {
        if (op == Remove)
        {
            return members.Remove(name) ? null : "does not exist";
        }

        members[name] = Value(operation);
        return null;
    }

    private static string? ApplyToArray(JsonArray items, string op, string token, OverrideOperation operation)
    {
        if (op == Add && token == "-")
        {
            items.Add(Value(operation));
            return null;
        }

        if (!TryIndex(token, out var index))
        {
            return $"\"{token}\" is not an index of a list";
        }

        if (index > items.Count || (index == items.Count && op != Add))
        {
            return $"index {token} is past the end of a list of {items.Count.ToString(CultureInfo.InvariantCulture)}";
        }

        if (op == Add)
        {
            items.Insert(index, Value(operation));
        }
        else if (op == Remove)
        {
            items.RemoveAt(index);
        }
        else
        {
            items[index] = Value(operation);
        }

        return null;
    }

    private static bool TryStep(JsonNode? node, string token, out JsonNode? next)
    {
        next = null;
        switch (node)
        {
            case JsonObject members:
                return members.TryGetPropertyValue(token, out next) && next is not null;
            case JsonArray items when TryIndex(token, out var index) && index < items.Count:
                next = items[index];
                return next is not null;
            default:
                return false;
        }
    }

    private static bool TryIndex(string token, out int index) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (token.Length == 1 || token[0] != '0');

    private static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static JsonNode? Value(OverrideOperation operation) =>
        operation.Value is { } json ? JsonNode.Parse(json.Span, documentOptions: DocumentOptions) : null;
}
