using System.Text.Json;
using KubeFed.ApiMachinery.Yaml;

namespace KubeFed.KubeClient.Configuration;

/// <summary>From the text of a kubeconfig, YAML or JSON, to JSON.</summary>
internal static class KubeConfigText
{
    /// <summary>A kubeconfig nests five deep; what plugins are told may add to it.</summary>
    private const int MaxDepth = 60;

    /// <summary>The document, or null where there is none in the text.</summary>
    public static JsonDocument? ReadJson(string text, string file)
    {
        try
        {
            var node = KubeYaml.ToJson(text, YamlLimits.Default with { MaxDepth = MaxDepth });
            return node is null ? null : JsonDocument.Parse(node.ToJsonString());
        }
        catch (YamlFormatException e)
        {
            throw new KubeConfigException($"{file}: {e.Message}", e);
        }
    }
}
