using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>A resource that the server stores and serves: what a CustomResourceDefinition says of it, read and checked. Immutable.</summary>
public sealed record ResourceType
{
    /// <summary>The API group; empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>The resource: the lower-case plural that URLs say.</summary>
    public required string Plural { get; init; }

    /// <summary>The lower-case singular.</summary>
    public required string Singular { get; init; }

    /// <summary>The kind of one object.</summary>
    public required string Kind { get; init; }

    /// <summary>The kind of a list.</summary>
    public required string ListKind { get; init; }

    /// <summary>Short names, as <c>deploy</c>.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Categories, as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether the objects live in namespaces.</summary>
    public required ResourceScope Scope { get; init; }

    /// <summary>The versions, in the order of preference (GA before beta before alpha, then the higher number).</summary>
    public required IReadOnlyList<ResourceTypeVersion> Versions { get; init; }

    /// <summary>The version that objects are stored in; of a type that is stored as another the one that is preferred.</summary>
    public required string StorageVersion { get; init; }

    /// <summary>
    /// Tells this definition from one of the same name that was deleted and made anew: objects of the former are not those of the latter.
    /// Empty for a type that is built into the server.
    /// </summary>
    public string DefinitionUid { get; init; } = string.Empty;

    /// <summary>
    /// The type of another group whose objects these are too, as events of <c>events.k8s.io</c> are those of the core group: they have its keys
    /// and its stored form, and the versions here say by their conversions how they differ. Null for a type with objects of its own.
    /// </summary>
    public ResourceType? StoredAs { get; init; }

    /// <summary>
    /// Whether another server has the objects: this one shows the type in discovery and sends requests on. It reads, caches and collects none
    /// of them.
    /// </summary>
    public bool IsForwarded { get; init; }

    /// <summary>Whether <c>metadata.generation</c> counts the changes. Plain data such as ConfigMaps has none.</summary>
    public bool HasGeneration { get; init; } = true;

    /// <summary>How long an object lives after its last write; null for ever. Events have one hour.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>
    /// The rule for names: gets the name and whether it is only a prefix to be completed, and gives the reasons against it. Null for a DNS
    /// subdomain.
    /// </summary>
    public Func<string, bool, IReadOnlyList<string>>? NameRule { get; init; }

    /// <summary>Whether strategic merge patches are taken: the schemas declare merge keys. Custom resources answer 415.</summary>
    public bool StrategicMergePatch { get; init; }

    /// <summary>Whether an update may leave out the resource version and then wins over any other. Custom resources may not.</summary>
    public bool AllowUnconditionalUpdate { get; init; }

    /// <summary>What holds deleted objects besides their finalizers; null for nothing. Namespaces have one.</summary>
    public IDeletionHold? Hold { get; init; }

    /// <summary>
    /// The seconds that a deleted object stays so that it can end in order, where the deletion does not say; 0 for an object that goes at once
    /// whatever the deletion says. Whoever ends it deletes it again, with no grace. Null for types that know no grace. Pods have one.
    /// </summary>
    public Func<JsonObject, long>? GracePeriod { get; init; }

    /// <summary>Group and resource.</summary>
    public GroupResource GroupResource => new(Group, Plural);

    /// <summary>Group and kind.</summary>
    public GroupKind GroupKind => new(Group, Kind);

    /// <summary>The version of a name, or null.</summary>
    public ResourceTypeVersion? FindVersion(string name) => Versions.FirstOrDefault(version => version.Name == name);

    /// <summary>What the keys of all objects begin with: <c>/group/plural/</c>, or <c>/plural/</c> in the core group.</summary>
    public string KeyPrefix => StoredAs?.KeyPrefix ?? (Group.Length == 0 ? $"/{Plural}/" : $"/{Group}/{Plural}/");

    /// <summary>The storage key of an object.</summary>
    public string KeyOf(string @namespace, string name) =>
        Scope == ResourceScope.Namespaced ? $"{KeyPrefix}{@namespace}/{name}" : KeyPrefix + name;

    /// <summary>What the keys of a namespace's objects begin with; those of all objects for an empty namespace.</summary>
    public string KeyPrefixOf(string @namespace) => @namespace.Length == 0 ? KeyPrefix : $"{KeyPrefix}{@namespace}/";
}
