using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Objects;

/// <summary>
/// Makes a changed copy of an object; the original stays as it is. Not for use by several threads at once. Setting
/// through something that is no object replaces it by one.
/// </summary>
public sealed class KubeObjectBuilder
{
    private readonly JsonObject _root;

    internal KubeObjectBuilder(JsonObject root) => _root = root;

    /// <summary>Begins an object of a type.</summary>
    public static KubeObjectBuilder New(string apiVersion, string kind) =>
        new(new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = new JsonObject() });

    /// <summary>Sets the name.</summary>
    public KubeObjectBuilder WithName(string name) => With(name, "metadata", "name");

    /// <summary>Sets the namespace; an empty one removes it.</summary>
    public KubeObjectBuilder WithNamespace(string @namespace) =>
        @namespace.Length == 0 ? Without("metadata", "namespace") : With(@namespace, "metadata", "namespace");

    /// <summary>Sets a label.</summary>
    public KubeObjectBuilder WithLabel(string key, string value) => With(value, "metadata", "labels", key);

    /// <summary>Removes a label.</summary>
    public KubeObjectBuilder WithoutLabel(string key) => Without("metadata", "labels", key);

    /// <summary>Sets an annotation.</summary>
    public KubeObjectBuilder WithAnnotation(string key, string value) => With(value, "metadata", "annotations", key);

    /// <summary>Removes an annotation.</summary>
    public KubeObjectBuilder WithoutAnnotation(string key) => Without("metadata", "annotations", key);

    /// <summary>Sets the value at a path of member names, making the objects on the way.</summary>
    /// <param name="value">The value; it must not be part of another tree.</param>
    /// <param name="path">At least one member name.</param>
    public KubeObjectBuilder With(JsonNode? value, params ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
        {
            throw new ArgumentException("a path needs at least one member name", nameof(path));
        }

        var parent = _root;
        foreach (var name in path[..^1])
        {
            if (parent[name] is not JsonObject next)
            {
                next = [];
                parent[name] = next;
            }

            parent = next;
        }

        parent[path[^1]] = value;
        return this;
    }

    /// <summary>Removes the value at a path of member names; does nothing where it is missing.</summary>
    public KubeObjectBuilder Without(params ReadOnlySpan<string> path)
    {
        JsonNode? parent = _root;
        foreach (var name in path[..^1])
        {
            parent = (parent as JsonObject)?[name];
        }

        (parent as JsonObject)?.Remove(path[^1]);
        return this;
    }

    /// <summary>The object. The builder may be used further; what is made stays as it is.</summary>
    /// <exception cref="KubeObjectFormatException">The metadata has a wrong shape.</exception>
    public KubeObject Build() => KubeObject.FromNode(_root);
}
