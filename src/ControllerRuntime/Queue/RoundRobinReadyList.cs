using System.Diagnostics.CodeAnalysis;

namespace KubeFed.ControllerRuntime.Queue;

/// <summary>One list per group that has ready keys, and a rotation of those groups.</summary>
internal sealed class RoundRobinReadyList<TKey, TGroup>(Func<TKey, TGroup> groupOf, Func<IReadyList<TKey>> createGroup) : IReadyList<TKey>
    where TKey : notnull
    where TGroup : notnull
{
    private readonly Dictionary<TGroup, IReadyList<TKey>> _groups = [];
    private readonly Queue<TGroup> _rotation = new();

    public int Count { get; private set; }

    public void Enqueue(QueueEntry<TKey> entry)
    {
        var group = groupOf(entry.Key);
        if (!_groups.TryGetValue(group, out var members))
        {
            members = createGroup();
            _groups.Add(group, members);
            _rotation.Enqueue(group);
        }

        members.Enqueue(entry);
        Count++;
    }

    public void Promote(QueueEntry<TKey> entry)
    {
        // Knows no priorities.
    }

    public bool TryDequeue([NotNullWhen(true)] out QueueEntry<TKey>? entry)
    {
        if (!_rotation.TryDequeue(out var group))
        {
            entry = null;
            return false;
        }

        var members = _groups[group];
        members.TryDequeue(out entry);
        Count--;
        if (members.Count == 0)
        {
            _groups.Remove(group);
        }
        else
        {
            _rotation.Enqueue(group);
        }

        return entry is not null;
    }
}
