using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Tests.Caching;

/// <summary>A source of types that a test changes.</summary>
internal sealed class TypeBox(params ResourceType[] types) : ITypeSource
{
    private readonly List<Action<TypeSnapshot>> _callbacks = [];

    public TypeSnapshot Current { get; private set; } = new(types);

    public static ResourceType Widgets { get; } = New("demo.example.dev", "widgets", "Widget");

    public static ResourceType Gadgets { get; } = New("demo.example.dev", "gadgets", "Gadget");

    public static ResourceType ConfigMaps { get; } = New("", "configmaps", "ConfigMap");

    public IDisposable OnChange(Action<TypeSnapshot> changed)
    {
        _callbacks.Add(changed);
        return new Subscription(() => _callbacks.Remove(changed));
    }

    public void Set(params ResourceType[] types)
    {
        Current = new(types);
        _callbacks.ToList().ForEach(callback => callback(Current));
    }

    public static ResourceType New(string group, string plural, string kind) => new()
    {
        Group = group,
        Plural = plural,
        Singular = kind.ToLowerInvariant(),
        Kind = kind,
        ListKind = kind + "List",
        Scope = ResourceScope.Namespaced,
        StorageVersion = "v1",
        Versions = [new ResourceTypeVersion { Name = "v1", Schema = new StructuralSchema() }],
    };

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
