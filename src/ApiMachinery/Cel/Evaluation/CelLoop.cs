using KubeFed.ApiMachinery.Cel.Values;

namespace KubeFed.ApiMachinery.Cel.Evaluation;

/// <summary>
/// A macro that goes through the items of a list or the keys of a map; with two variables, through index and item or key and value.
/// </summary>
/// <param name="range">What is gone through.</param>
/// <param name="first">Where the item, key or index is put.</param>
/// <param name="second">Where the second variable is put; -1 if there is one only.</param>
/// <param name="filter">What an item must satisfy; null for all.</param>
/// <param name="transform">What becomes of it; null for itself.</param>
/// <param name="kind">Which macro.</param>
internal sealed class CelLoop(CelNode range, int first, int second, CelNode? filter, CelNode? transform, CelMacroKind kind) : CelNode
{
    private const int IterationCost = 3;
    private const int AppendCost = 12;

    public override CelValue Eval(CelFrame frame)
    {
        CelValue source = range.Eval(frame);
        if (source.Kind is not (CelKind.List or CelKind.Map))
        {
            return source.IsError ? source : CelErrors.NoSuchOverload;
        }

        var state = new State(kind);
        CelMap? map = source.Kind == CelKind.Map ? source.AsMap : null;
        frame.Step(map?.Count ?? 1);
        IReadOnlyList<CelValue> items = map is null ? source.AsList : map.Keys();
        for (int i = 0; i < items.Count; i++)
        {
            frame.Step();
            frame.Slots[first] = second >= 0 && map is null ? CelValue.Int(i) : items[i];
            if (second >= 0)
            {
                frame.Slots[second] = map is null ? items[i] : map.TryGet(items[i], out CelValue value) ? value : default;
            }

            if (Iterate(frame, ref state))
            {
                break;
            }
        }

        frame.Charge(1);
        return state.Result(kind);
    }

    /// <summary>Takes the next item; true ends the loop.</summary>
    private bool Iterate(CelFrame frame, ref State state)
    {
        frame.Charge(kind is CelMacroKind.All or CelMacroKind.Exists ? IterationCost : 1);
        CelValue verdict = filter?.Eval(frame) ?? CelValue.Bool(true);
        if (verdict.Kind != CelKind.Bool)
        {
            return state.Fail(verdict.IsError ? verdict : CelErrors.NoSuchOverload) && kind is not (CelMacroKind.All or CelMacroKind.Exists);
        }

        switch (kind)
        {
            case CelMacroKind.All or CelMacroKind.Exists:
                return verdict.IsTrue == (kind == CelMacroKind.Exists) && state.Decide();
            case CelMacroKind.ExistsOne:
                state.Matches += verdict.IsTrue ? 1 : 0;
                return false;
            default:
                return verdict.IsTrue && Append(frame, ref state);
        }
    }

    private bool Append(CelFrame frame, ref State state)
    {
        frame.Charge(AppendCost);
        CelValue value = transform is null ? frame.Slots[first] : transform.Eval(frame);
        if (value.IsError)
        {
            return state.Fail(value);
        }

        switch (kind)
        {
            case CelMacroKind.TransformMap:
                CelValue fault = state.Entries!.Add(frame.Slots[first], value);
                return fault.IsError && state.Fail(fault);
            case CelMacroKind.TransformMapEntry:
                return AppendEntries(value, ref state);
            default:
                state.Items!.Add(value);
                return false;
        }
    }

    private static bool AppendEntries(in CelValue value, ref State state)
    {
        if (value.Kind != CelKind.Map)
        {
            return state.Fail(CelErrors.NoSuchOverload);
        }

        foreach (CelValue key in value.AsMap.Keys())
        {
            CelValue fault = value.AsMap.TryGet(key, out CelValue entry) ? state.Entries!.Add(key, entry) : CelErrors.NoSuchOverload;
            if (fault.IsError)
            {
                return state.Fail(fault);
            }
        }

        return false;
    }

    private struct State(CelMacroKind kind)
    {
        private CelValue _failure;
        private bool _decided;

        public readonly List<CelValue>? Items = kind is CelMacroKind.Map or CelMacroKind.Filter ? [] : null;

        public readonly CelDictionary? Entries = kind is CelMacroKind.TransformMap or CelMacroKind.TransformMapEntry ? new() : null;

        public int Matches;

        public bool Decide() => _decided = true;

        public bool Fail(in CelValue failure)
        {
            _failure = _failure.IsError ? _failure : failure;
            return true;
        }

        public readonly CelValue Result(CelMacroKind macro)
        {
            if (_failure.IsError && !_decided)
            {
                return _failure;
            }

            return macro switch
            {
                CelMacroKind.All => CelValue.Bool(!_decided),
                CelMacroKind.Exists => CelValue.Bool(_decided),
                CelMacroKind.ExistsOne => CelValue.Bool(Matches == 1),
                _ => Entries is null ? CelValue.List(new CelArray(Items!)) : CelValue.Map(Entries),
            };
        }
    }
}
