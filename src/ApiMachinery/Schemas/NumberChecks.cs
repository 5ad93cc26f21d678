using System.Globalization;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// The limits of numbers. A whole number is compared with the whole part of a limit, which is also what the message shows: the API server
/// does so, and accepts 1 where the minimum is 1.5. The formats int32 and the like are not checked, as they are not there.
/// </summary>
internal static class NumberChecks
{
    public static void Check(JsonNode value, ValueRules rules, ValidationRun run)
    {
        ValueValidation limits = rules.Validation;
        if (limits.MultipleOf is null && limits.Minimum is null && limits.Maximum is null)
        {
            return;
        }

        bool whole = JsonNumbers.TryInt64(value, out long integer);
        if (!JsonNumbers.TryDouble(value, out double number))
        {
            return;
        }

        if (limits.MultipleOf is { } factor && !IsMultiple(whole, integer, number, factor))
        {
            run.Refuse(FieldValue.From(value), $"should be a multiple of {Show(whole, factor)}");
        }

        if (limits.Minimum is { } min && (Compare(whole, integer, number, min) is var low) && (low < 0 || (low == 0 && limits.ExclusiveMinimum)))
        {
            run.Refuse(FieldValue.From(value), $"should be greater than {(limits.ExclusiveMinimum ? string.Empty : "or equal to ")}{Show(whole, min)}");
        }

        if (limits.Maximum is { } max && (Compare(whole, integer, number, max) is var high) && (high > 0 || (high == 0 && limits.ExclusiveMaximum)))
        {
            run.Refuse(FieldValue.From(value), $"should be less than {(limits.ExclusiveMaximum ? string.Empty : "or equal to ")}{Show(whole, max)}");
        }
    }

    private static int Compare(bool whole, long integer, double number, double limit)
    {
        return whole && Math.Abs(limit) < long.MaxValue ? integer.CompareTo((long)limit) : number.CompareTo(limit);
    }

    private static bool IsMultiple(bool whole, long integer, double number, double factor)
    {
        if (whole && double.IsInteger(factor) && Math.Abs(factor) is >= 1 and < long.MaxValue)
        {
            return integer % (long)factor == 0;
        }

        double times = number / factor;
        return factor > 0 && double.IsInteger(times);
    }

    private static string Show(bool whole, double limit) => whole && Math.Abs(limit) < long.MaxValue
        ? ((long)limit).ToString(CultureInfo.InvariantCulture)
        : GoFloat.FormatGeneral(limit);
}
