using System.Text.Json.Nodes;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>A list of JSON, read through a schema. What was read is kept, for loops within loops. Not thread-safe.</summary>
internal sealed class CelJsonList(JsonArray items, CelShape shape) : CelList
{
    private readonly CelShape _element = shape.Element ?? CelShape.Any;
    private CelValue[]? _read;

    public override int Count => items.Count;

    public override CelShape? Shape => shape;

    public override CelValue this[int index]
    {
        get
        {
            _read ??= new CelValue[items.Count];
            if (_read[index].Kind == CelKind.Null)
            {
                _read[index] = CelJson.Read(items[index], _element);
            }

            return _read[index];
        }
    }
}
