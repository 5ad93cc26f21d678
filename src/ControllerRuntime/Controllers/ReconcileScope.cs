using System.Collections;
using System.Globalization;

namespace KubeFed.ControllerRuntime.Controllers;

/// <summary>The log scope of one reconcile: controller, object and an id that is unique to this reconcile.</summary>
internal sealed class ReconcileScope<TKey>(string controller, TKey key) : IReadOnlyList<KeyValuePair<string, object?>>
    where TKey : notnull
{
    private readonly Guid _id = Guid.NewGuid();

    public int Count => 3;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("controller", controller),
        1 => new("object", key),
        2 => new("reconcileID", _id),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"controller={controller} object={key} reconcileID={_id}");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
