using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.HelmSupport;

/// <summary>The volumes of a pod as folders. One claim is one folder, whichever pod mounts it.</summary>
internal sealed class PodVolumes(IResourceReader client, string @namespace, string folder)
{
    internal static readonly GroupVersionResource Secrets = new("", "v1", "secrets");
    private static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");

    /// <summary>Makes a volume's folder, filled as Kubernetes would.</summary>
    public async Task<string> MountAsync(string pod, JsonNode volume)
    {
        var name = (string)volume["name"]!;
        if (volume["persistentVolumeClaim"] is { } claim)
        {
            return Make("claims", (string)claim["claimName"]!);
        }

        var path = Make(pod, name);
        if (volume["configMap"] is { } configMap)
        {
            await FillAsync(path, ConfigMaps, (string)configMap["name"]!, static text => System.Text.Encoding.UTF8.GetBytes(text));
        }
        else if (volume["secret"] is { } secret)
        {
            await FillAsync(path, Secrets, (string)secret["secretName"]!, Convert.FromBase64String);
        }

        return path;
    }

    private async Task FillAsync(string path, GroupVersionResource resource, string name, Func<string, byte[]> decode)
    {
        var source = await client.GetAsync(resource, new NamespacedName(@namespace, name));
        foreach (var (key, value) in source.GetNode("data") as JsonObject ?? [])
        {
            await File.WriteAllBytesAsync(Path.Combine(path, key), decode((string)value!));
        }
    }

    private string Make(string owner, string name) => Directory.CreateDirectory(Path.Combine(folder, "volumes", owner, name)).FullName;
}
