using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Conformance.Clients;

/// <summary>What every <see cref="IDynamicClient"/> does against every API server. Each test works in a namespace of its own.</summary>
public abstract partial class DynamicClientContract
{
    private protected IDynamicClient Client { get; private set; } = null!;

    private protected string Namespace { get; private set; } = "";

    [SetUp]
    public async Task CreateNamespaceAsync()
    {
        Client = await ConnectAsync();
        Namespace = $"contract-{Guid.NewGuid():N}";
        await Client.CreateAsync(Samples.Namespaces, Samples.Namespace(Namespace));
    }

    /// <summary>The client under test, connected to an API server.</summary>
    private protected abstract Task<IDynamicClient> ConnectAsync();

    private NamespacedName Named(string name) => new(Namespace, name);

    private Task<KubeObject> CreateAsync(string name, string value = "1") =>
        Client.CreateAsync(Samples.ConfigMaps, Samples.ConfigMap(Namespace, name, value));

    private static string? Value(KubeObject configMap) => configMap.GetString("data", "key");
}
