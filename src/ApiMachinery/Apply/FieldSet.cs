using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>
/// A set of field paths, as managedFields holds them: a tree whose nodes are steps (see <see cref="PathKey"/>), each either a member of
/// the set, or only on the way to one, or both. Immutable; equality is by content. Steps are kept sorted, so that two sets are
/// combined in one pass.
/// </summary>
public sealed partial class FieldSet : IEquatable<FieldSet>
{
    private readonly FieldNode[] _nodes;

    internal FieldSet(FieldNode[] sorted) => _nodes = sorted;

    /// <summary>No path.</summary>
    public static FieldSet Empty { get; } = new([]);

    /// <summary>Whether there is no path.</summary>
    public bool IsEmpty => _nodes.Length == 0;

    /// <summary>How many paths there are.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (ref readonly var node in _nodes.AsSpan())
            {
                count += (node.IsMember ? 1 : 0) + (node.Children?.Count ?? 0);
            }

            return count;
        }
    }

    internal ReadOnlySpan<FieldNode> Nodes => _nodes;

    /// <summary>The set of the paths given, each a sequence of steps.</summary>
    public static FieldSet Of(params ReadOnlySpan<string[]> paths)
    {
        var set = Empty;
        foreach (var path in paths)
        {
            set = set.Union(Single(path));
        }

        return set;
    }

    /// <summary>The set of the one path that goes through named fields, as <c>spec</c>, <c>replicas</c>.</summary>
    public static FieldSet OfFields(params ReadOnlySpan<string> names)
    {
        var keys = new string[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            keys[i] = PathKey.Field(names[i]);
        }

        return Single(keys);
    }

    /// <summary>Whether the path is a member; being on the way to one is not enough.</summary>
    public bool Contains(params ReadOnlySpan<string> path)
    {
        var set = this;
        for (var i = 0; i < path.Length; i++)
        {
            var at = set.Find(path[i]);
            if (at < 0)
            {
                return false;
            }

            ref readonly var node = ref set._nodes[at];
            if (i == path.Length - 1)
            {
                return node.IsMember;
            }

            if (node.Children is null)
            {
                return false;
            }

            set = node.Children;
        }

        return false;
    }

    /// <summary>What lies below the step.</summary>
    public FieldSet Below(string key)
    {
        var at = Find(key);
        return at < 0 ? Empty : _nodes[at].Children ?? Empty;
    }

    /// <summary>The set in the form FieldsV1.</summary>
    public JsonObject ToNode() => (JsonObject)JsonNode.Parse(FieldsV1.Write(this).Span, documentOptions: new() { MaxDepth = 1024 })!;

    /// <summary>The paths as texts, as <c>.spec.ports[name="http"].port</c>: of each node first its members, then what lies below.</summary>
    public IReadOnlyList<string> ToPaths()
    {
        var paths = new List<string>();
        AppendPaths(paths, "");
        return paths;
    }

    /// <inheritdoc/>
    public bool Equals(FieldSet? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || _nodes.Length != other._nodes.Length)
        {
            return false;
        }

        for (var i = 0; i < _nodes.Length; i++)
        {
            if (!_nodes[i].Equals(other._nodes[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (ref readonly var node in _nodes.AsSpan())
        {
            hash.Add(node.Key, StringComparer.Ordinal);
            hash.Add(node.IsMember);
        }

        return hash.ToHashCode();
    }

    /// <summary>The set in the form FieldsV1.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(FieldsV1.Write(this).Span);

    internal bool IsMember(string key)
    {
        var at = Find(key);
        return at >= 0 && _nodes[at].IsMember;
    }

    internal int Find(string key)
    {
        int low = 0, high = _nodes.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = PathKey.Compare(_nodes[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private static FieldSet Single(ReadOnlySpan<string> path)
    {
        FieldSet? set = null;
        for (var i = path.Length - 1; i >= 0; i--)
        {
            set = new FieldSet([new FieldNode(path[i], set is null, set)]);
        }

        return set ?? Empty;
    }

    private void AppendPaths(List<string> paths, string prefix)
    {
        foreach (var node in _nodes)
        {
            if (node.IsMember)
            {
                paths.Add(prefix + PathKey.Display(node.Key));
            }
        }

        foreach (var node in _nodes)
        {
            node.Children?.AppendPaths(paths, prefix + PathKey.Display(node.Key));
        }
    }
}
