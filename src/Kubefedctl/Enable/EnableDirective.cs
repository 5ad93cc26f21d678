using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Enable;

/// <summary>
/// Reads an EnableTypeDirective: a file of kind EnableTypeDirective (core.kubefed.io/v1beta1) whose name is the type and whose
/// spec has targetVersion, federatedGroup and federatedVersion, each of which may be left out.
/// </summary>
internal static class EnableDirective
{
    private const int MaxLength = 1 << 20;

    private static readonly string[] Known = ["targetVersion", "federatedGroup", "federatedVersion"];

    /// <summary>The options with what the file says in place of the flags.</summary>
    /// <exception cref="UserException">The file cannot be read or is no directive; the message names file and field.</exception>
    public static async Task<EnableOptions> ReadAsync(
        string file, CliEnvironment environment, EnableOptions flags, CancellationToken cancellationToken) =>
        Parse(await InputFile.ReadAsync(file, environment, MaxLength, cancellationToken), InputFile.Title(file), flags);

    internal static EnableOptions Parse(string text, string file, EnableOptions flags)
    {
        var root = ReadObject(text, file);
        if (Text(root, "kind", file) is not "EnableTypeDirective")
        {
            throw new UserException($"{file}: kind: expected EnableTypeDirective");
        }

        if (Text(root, "apiVersion", file) is not "core.kubefed.io/v1beta1")
        {
            throw new UserException($"{file}: apiVersion: expected core.kubefed.io/v1beta1");
        }

        var name = Text(Object(root, "metadata", file), "name", file);
        var spec = Object(root, "spec", file);
        if (spec.Select(p => p.Key).FirstOrDefault(k => !Known.Contains(k, StringComparer.Ordinal)) is { } unknown)
        {
            throw new UserException($"{file}: spec.{unknown}: unknown field{Suggestions.Question(unknown, Known)}");
        }

        return name.Length == 0
            ? throw new UserException($"{file}: metadata.name: the name of the type is missing")
            : flags with
            {
                Name = name,
                TargetVersion = Or(Text(spec, "targetVersion", file), flags.TargetVersion),
                FederatedGroup = Or(Text(spec, "federatedGroup", file), flags.FederatedGroup),
                FederatedVersion = Or(Text(spec, "federatedVersion", file), flags.FederatedVersion),
            };
    }

    private static JsonObject ReadObject(string text, string file)
    {
        try
        {
            var documents = KubeYaml.ReadDocuments(text).ToArray();
            return documents is [JsonObject root]
                ? root
                : throw new UserException($"{file}: expected one EnableTypeDirective, found {documents.Length} documents or none that is an object");
        }
        catch (FormatException e)
        {
            throw new UserException($"{file}: {e.Message}", e);
        }
    }

    private static JsonObject Object(JsonObject parent, string field, string file) => parent[field] switch
    {
        JsonObject value => value,
        null => [],
        _ => throw new UserException($"{file}: {field}: expected an object"),
    };

    private static string Text(JsonObject parent, string field, string file) => parent[field] switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw new UserException($"{file}: {field}: expected a string"),
    };

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
