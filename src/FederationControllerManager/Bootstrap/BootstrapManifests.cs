using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.ComponentBase.Hosting;
using KubeFed.FederationApis;

namespace KubeFed.FederationControllerManager.Bootstrap;

/// <summary>What an installation wants a control plane to begin with.</summary>
/// <param name="Config">The KubeFedConfig, or null.</param>
/// <param name="Types">The FederatedTypeConfigs, in the order of the manifests.</param>
internal sealed record BootstrapManifests(KubeObject? Config, IReadOnlyList<KubeObject> Types)
{
    /// <summary>Reads the files <c>*.yaml</c> of a folder, sorted by name.</summary>
    /// <exception cref="ComponentStartException">They cannot be read, or hold something else; the message names the file.</exception>
    public static BootstrapManifests Load(string folder, string @namespace)
    {
        var all = ReadFolder(folder).ToArray();
        foreach (var (file, value) in all)
        {
            Check(file, value, @namespace);
        }

        var configs = all.Select(static entry => entry.Object).Where(static value => value.Kind == "KubeFedConfig").ToArray();
        return configs.Length <= 1
            ? new BootstrapManifests(configs.FirstOrDefault(), [.. all.Select(static entry => entry.Object).Except(configs)])
            : throw new ComponentStartException($"{folder} holds {configs.Length} KubeFedConfigs; a control plane has one");
    }

    private static IEnumerable<(string File, KubeObject Object)> ReadFolder(string folder)
    {
        string[] files;
        try
        {
            files = Directory.GetFiles(folder, "*.yaml");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ComponentStartException($"the bootstrap manifests cannot be read: {e.Message}", e);
        }

        return files.Order(StringComparer.Ordinal).SelectMany(ReadFile);
    }

    private static (string File, KubeObject Object)[] ReadFile(string file)
    {
        try
        {
            return [.. KubeYaml.ReadDocuments(File.ReadAllText(file)).Select(document => (file, KubeObject.FromNode(document)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or YamlFormatException or KubeObjectFormatException)
        {
            throw new ComponentStartException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static void Check(string file, KubeObject value, string @namespace)
    {
        if (value.ApiVersion != FederationGroups.CoreV1Beta1 || value.Kind is not ("KubeFedConfig" or "FederatedTypeConfig"))
        {
            throw new ComponentStartException(
                $"{file}: {value.Kind} of {value.ApiVersion} cannot be bootstrapped, only KubeFedConfig and FederatedTypeConfig of {FederationGroups.CoreV1Beta1} can");
        }

        if (value.Metadata.Namespace != @namespace || (value.Kind == "KubeFedConfig" && value.Metadata.Name != FederationNames.KubeFedConfig))
        {
            throw new ComponentStartException($"{file}: {value.Kind} \"{value.Key}\" is not of the control plane of the namespace {@namespace}");
        }
    }
}
