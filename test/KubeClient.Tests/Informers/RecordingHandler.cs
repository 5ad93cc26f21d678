using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Informers;

namespace KubeFed.KubeClient.Tests.Informers;

/// <summary>Notes every call and whether the calls of each object are a legal sequence: add, updates, delete, and again.</summary>
internal sealed class RecordingHandler : IInformerHandler
{
    private readonly Lock _lock = new();
    private readonly List<string> _calls = [];
    private readonly Dictionary<string, KubeObject> _present = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];
    private int _running;

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_lock)
            {
                return [.. _violations];
            }
        }
    }

    /// <summary>Called within each call, outside of the lock.</summary>
    public Action? OnCall { get; init; }

    public SortedDictionary<string, string> State()
    {
        lock (_lock)
        {
            return new(_present.ToDictionary(p => p.Key, p => Of(p.Value)), StringComparer.Ordinal);
        }
    }

    public static string Of(KubeObject value) => $"{value.Metadata.Uid}@{value.Metadata.ResourceVersion}";

    public void OnAdd(KubeObject value, bool isInInitialList) => Note($"add {value.Metadata.Name}{(isInInitialList ? " initial" : "")}", () =>
        Check(_present.TryAdd(value.Metadata.Name, value), $"added twice: {value}"));

    public void OnUpdate(KubeObject old, KubeObject value) => Note($"update {value.Metadata.Name}", () =>
    {
        Check(_present.TryGetValue(value.Metadata.Name, out var last), $"updated before added: {value}");
        Check(ReferenceEquals(last, old), $"the old state is not the one last seen: {value}");
        Check(Of(old) != Of(value), $"updated without a change: {value}");
        _present[value.Metadata.Name] = value;
    });

    public void OnDelete(KubeObject last, bool isFinalStateUnknown) => Note($"delete {last.Metadata.Name}{(isFinalStateUnknown ? " unknown" : "")}", () =>
        Check(_present.Remove(last.Metadata.Name), $"deleted before added: {last}"));

    private void Note(string call, Action apply)
    {
        var isAlone = Interlocked.Increment(ref _running) == 1;
        OnCall?.Invoke();
        lock (_lock)
        {
            Check(isAlone, $"called concurrently: {call}");
            _calls.Add(call);
            apply();
        }

        Interlocked.Decrement(ref _running);
    }

    private void Check(bool isLegal, string violation)
    {
        if (!isLegal)
        {
            _violations.Add(violation);
        }
    }
}
