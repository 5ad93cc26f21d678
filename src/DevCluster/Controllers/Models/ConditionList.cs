namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Lists of conditions, of which each type occurs once. The lists are never changed, only copied.</summary>
internal static class ConditionList
{
    /// <summary>The condition of a type, or null.</summary>
    public static Condition? Find(this IReadOnlyList<Condition> conditions, string type)
    {
        foreach (var condition in conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    /// <summary>Whether the condition of a type is there and True.</summary>
    public static bool IsTrue(this IReadOnlyList<Condition> conditions, string type) => conditions.Find(type)?.IsTrue == true;

    /// <summary>
    /// The list with a condition set. The time of its transition changes with its status only; a condition that says the same already is
    /// left as it is, times and all.
    /// </summary>
    public static IReadOnlyList<Condition> With(
        this IReadOnlyList<Condition> conditions, string type, string status, string? reason, string? message, DateTimeOffset now, bool updateTime = false)
    {
        var old = conditions.Find(type);
        if (old is not null && old.Status == status && old.Reason == reason && old.Message == message)
        {
            return conditions;
        }

        var made = (old ?? new Condition { Type = type }) with
        {
            Status = status,
            Reason = reason,
            Message = message,
            LastUpdateTime = updateTime ? now : null,
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime : now,
        };
        return old is null ? [.. conditions, made] : [.. conditions.Select(c => c.Type == type ? made : c)];
    }

    /// <summary>The list without the condition of a type.</summary>
    public static IReadOnlyList<Condition> Without(this IReadOnlyList<Condition> conditions, string type) =>
        conditions.Find(type) is null ? conditions : [.. conditions.Where(c => c.Type != type)];
}
