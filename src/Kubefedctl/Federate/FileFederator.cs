using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.FederationApis;
using KubeFed.Kubefedctl.Cli;

namespace KubeFed.Kubefedctl.Federate;

/// <summary>Prints federated objects of the objects in a file. Talks to no cluster.</summary>
internal sealed class FileFederator(CommandContext context, FederateOptions options)
{
    private const int MaxLength = 16 << 20;

    private const string FederatedSuffix = ".kubefed.io";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var text = await InputFile.ReadAsync(options.File, context.Environment, MaxLength, cancellationToken);
        var federated = Parse(text, InputFile.Title(options.File)).Select(Make).ToArray();
        await context.Environment.Out.WriteAsync(KubeYaml.WriteDocuments(federated.Select(static f => f.ToNode())).AsMemory(), cancellationToken);
    }

    /// <summary>The objects of all documents; lists as kubectl prints them are taken apart.</summary>
    /// <exception cref="UserException">A document is no object, or has no kind or name; the message tells which.</exception>
    internal static IReadOnlyList<KubeObject> Parse(string text, string title)
    {
        var objects = new List<KubeObject>();
        try
        {
            var number = 0;
            foreach (var document in KubeYaml.ReadDocuments(text))
            {
                number++;
                Add(document, $"{title}: document {number}", objects);
            }
        }
        catch (FormatException e)
        {
            throw new UserException($"{title}: {e.Message}", e);
        }

        return objects.Count > 0 ? objects : throw new UserException($"{title}: there is no object in it");
    }

    private static void Add(JsonNode document, string title, List<KubeObject> objects)
    {
        if (document is JsonObject list && list["items"] is JsonArray items && IsList(list))
        {
            for (var i = 0; i < items.Count; i++)
            {
                Add(items[i] ?? throw new UserException($"{title}: items[{i}] is empty"), $"{title}: items[{i}]", objects);
            }

            return;
        }

        objects.Add(Read(document, title));
    }

    private static bool IsList(JsonObject document) =>
        document["kind"] is JsonValue value && value.TryGetValue<string>(out var kind) && kind.EndsWith("List", StringComparison.Ordinal);

    private static KubeObject Read(JsonNode document, string title)
    {
        KubeObject value;
        try
        {
            value = KubeObject.FromNode(document);
        }
        catch (KubeObjectFormatException e)
        {
            throw new UserException($"{title}: {e.Message}", e);
        }

        if (value.Metadata.Name.Length == 0)
        {
            throw new UserException($"{title}: {value.Kind} has no metadata.name");
        }

        return value.GroupVersionKind.Group.EndsWith(FederatedSuffix, StringComparison.Ordinal)
            ? throw new UserException($"{title}: {value.Kind} \"{value.Key}\" is an object of the federation itself, which cannot be federated")
            : value;
    }

    private KubeObject Make(KubeObject value)
    {
        FederatedTemplate.WarnOfAnnotations(value, context.Progress);
        return FederatedTemplate.Create(value, FederatedTypes.Default(value.Kind, KindNames.Plural(value.Kind)));
    }
}
