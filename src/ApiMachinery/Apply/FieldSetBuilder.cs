using System.Runtime.InteropServices;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Collects the steps of one node in any order. A value type: pass it by reference.</summary>
internal struct FieldSetBuilder
{
    private List<FieldNode>? _nodes;

    public readonly bool IsEmpty => _nodes is null;

    /// <summary>Adds a step; what is neither a member nor leads to one is left out. A step may be added more than once.</summary>
    public void Add(string key, bool isMember, FieldSet? children)
    {
        var node = FieldNode.Of(key, isMember, children);
        if (!node.IsEmpty)
        {
            (_nodes ??= []).Add(node);
        }
    }

    public readonly FieldSet Build()
    {
        if (_nodes is null)
        {
            return FieldSet.Empty;
        }

        var nodes = CollectionsMarshal.AsSpan(_nodes);
        if (!IsSorted(nodes))
        {
            nodes.Sort(static (a, b) => PathKey.Compare(a.Key, b.Key));
        }

        return new FieldSet(Merge(nodes));
    }

    private static bool IsSorted(ReadOnlySpan<FieldNode> nodes)
    {
        for (var i = 1; i < nodes.Length; i++)
        {
            if (PathKey.Compare(nodes[i - 1].Key, nodes[i].Key) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static FieldNode[] Merge(ReadOnlySpan<FieldNode> sorted)
    {
        var result = new FieldNode[sorted.Length];
        var count = 0;
        foreach (ref readonly var node in sorted)
        {
            if (count > 0 && string.Equals(result[count - 1].Key, node.Key, StringComparison.Ordinal))
            {
                var last = result[count - 1];
                var children = last.Children is null ? node.Children : last.Children.Union(node.Children ?? FieldSet.Empty);
                result[count - 1] = new FieldNode(node.Key, last.IsMember || node.IsMember, children);
            }
            else
            {
                result[count++] = node;
            }
        }

        return count == result.Length ? result : result[..count];
    }
}
