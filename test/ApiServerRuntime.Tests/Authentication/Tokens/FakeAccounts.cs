using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Authentication.Tokens;

namespace KubeFed.ApiServerRuntime.Tests.Authentication.Tokens;

/// <summary>Objects by kind, namespace and name.</summary>
internal sealed class FakeAccounts : IServiceAccountLookup
{
    public Dictionary<(string Kind, string Namespace, string Name), KubeObject> Objects { get; } = [];

    public KubeObject Add(string kind, string name, string uid, string more = "")
    {
        var made = KubeObject.Parse(Encoding.UTF8.GetBytes(
            $$"""{"apiVersion":"v1","kind":"{{kind}}","metadata":{"name":"{{name}}","namespace":"a","uid":"{{uid}}"}{{more}} }"""));
        Objects[(kind, "a", name)] = made;
        return made;
    }

    public ValueTask<KubeObject?> FindAsync(string kind, string @namespace, string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Objects.GetValueOrDefault((kind, @namespace, name)));
}
