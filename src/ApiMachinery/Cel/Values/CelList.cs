using System.Collections;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A list. Items of foreign data are converted when read, and may then be errors.</summary>
internal abstract class CelList : IReadOnlyList<CelValue>
{
    public abstract int Count { get; }

    /// <summary>How the items are told apart, where a schema says so; null for a plain list.</summary>
    public virtual CelShape? Shape => null;

    public abstract CelValue this[int index] { get; }

    public IEnumerator<CelValue> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
