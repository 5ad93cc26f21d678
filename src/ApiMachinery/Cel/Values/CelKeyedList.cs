using System.Text;
using KubeFed.ApiMachinery.Cel.Evaluation;

namespace KubeFed.ApiMachinery.Cel.Values;

/// <summary>Lists of type set and map: equal whatever their order, and a sum replaces or leaves out what is there already.</summary>
internal static class CelKeyedList
{
    public static bool Equal(CelFrame frame, CelList a, CelList b, CelShape shape)
    {
        Dictionary<CelValue, CelValue> items = Index(frame, a, shape);
        foreach (CelValue item in b)
        {
            if (!items.TryGetValue(Key(item, shape), out CelValue other) || !CelEquality.Equal(frame, other, item))
            {
                return false;
            }
        }

        return true;
    }

    public static CelArray Sum(CelFrame frame, CelList a, CelList b, CelShape shape)
    {
        frame.Charge((long)a.Count + b.Count);
        var result = new List<CelValue>(a);
        var places = new Dictionary<CelValue, int>(CelScalarComparer.Instance);
        for (int i = 0; i < result.Count; i++)
        {
            places[Key(result[i], shape)] = i;
        }

        foreach (CelValue item in b)
        {
            CelValue key = Key(item, shape);
            if (!places.TryGetValue(key, out int place))
            {
                places[key] = result.Count;
                result.Add(item);
            }
            else
            {
                result[place] = item;
            }
        }

        return new CelArray(result, shape);
    }

    private static Dictionary<CelValue, CelValue> Index(CelFrame frame, CelList list, CelShape shape)
    {
        var items = new Dictionary<CelValue, CelValue>(list.Count, CelScalarComparer.Instance);
        foreach (CelValue item in list)
        {
            frame.Step();
            items[Key(item, shape)] = item;
        }

        return items;
    }

    private static CelValue Key(in CelValue item, CelShape shape)
    {
        if (shape.Keys.Count == 0 || item.Kind != CelKind.Map)
        {
            return item;
        }

        if (shape.Keys.Count == 1)
        {
            return item.AsMap.TryGetField(shape.Keys[0], out CelValue value) ? value : CelValue.Null;
        }

        var text = new StringBuilder();
        foreach (string key in shape.Keys)
        {
            text.Append(item.AsMap.TryGetField(key, out CelValue part) ? part.ToString() : "null").Append(',');
        }

        return CelValue.String(text.ToString());
    }
}
