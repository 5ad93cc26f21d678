using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using KubeFed.ApiMachinery.Apply;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What the verbs need to know of a type, worked out once.</summary>
internal sealed class TypeRuntime
{
    private static readonly ConditionalWeakTable<ResourceType, TypeRuntime> All = [];
    private readonly FrozenDictionary<string, VersionRuntime> _versions;

    private TypeRuntime(ResourceType type)
    {
        Type = type;
        var fields = new FieldManager(type.Versions.ToDictionary(
            version => new GroupVersion(type.Group, version.Name).ToString(), version => version.Schema, StringComparer.Ordinal));
        _versions = type.Versions.ToFrozenDictionary(version => version.Name, version => new VersionRuntime(type, version, fields));
        Storage = type.StoredAs is { } stored ? Of(stored).Storage : _versions[type.StorageVersion];
    }

    public ResourceType Type { get; }

    /// <summary>The version that objects are stored in.</summary>
    public VersionRuntime Storage { get; }

    /// <summary>The state of a type, made when first asked for and kept as long as the type.</summary>
    public static TypeRuntime Of(ResourceType type) => All.GetValue(type, static t => new TypeRuntime(t));

    public VersionRuntime Version(string name) => _versions[name];
}
