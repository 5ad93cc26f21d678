using System.Collections.Concurrent;

namespace KubeFed.FederationControllerManager.Clusters;

/// <summary>
/// The rights that a cluster has lately denied the control plane, each until it is granted (the same request succeeds) or until nobody has
/// wanted it for a while. Safe for concurrent use.
/// </summary>
internal sealed class MissingRights(TimeProvider time)
{
    /// <summary>How many are remembered: of more, those come up when these are granted.</summary>
    public const int Capacity = 100;

    /// <summary>Longer than the longest pause between two tries of whatever fails.</summary>
    public static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(5);

    private const int MostShown = 10;

    private readonly ConcurrentDictionary<MissingRight, Denial> _denials = [];
    private volatile string _user = "";

    /// <summary>Whether none is missing as far as is known.</summary>
    public bool IsEmpty => _denials.IsEmpty;

    /// <summary>Notes that a right was denied to a user.</summary>
    /// <param name="right">The right.</param>
    /// <param name="user">Whom the cluster takes the control plane for.</param>
    /// <param name="name">The object that it was wanted for; empty for many.</param>
    public void Note(MissingRight right, string user, string name)
    {
        _user = user.Length > 0 ? user : _user;
        if (_denials.Count < Capacity || _denials.ContainsKey(right))
        {
            _denials[right] = new Denial(time.GetTimestamp(), name);
        }
    }

    /// <summary>Notes that a right was used.</summary>
    public void Grant(MissingRight right) => _denials.TryRemove(right, out _);

    /// <summary>Notes that what a right was last denied for has come about. For another object it may have done without the right.</summary>
    public void Grant(MissingRight right, string name)
    {
        if (_denials.TryGetValue(right, out var denial) && denial.Name == name)
        {
            _denials.TryRemove(new KeyValuePair<MissingRight, Denial>(right, denial));
        }
    }

    /// <summary>One sentence that names what is missing and whom to grant it to; empty where nothing is missing.</summary>
    public string Describe()
    {
        Forget();
        var missing = _denials.Keys.Select(static r => r.ToString()).Order(StringComparer.Ordinal).ToArray();
        if (missing.Length == 0)
        {
            return "";
        }

        var shown = string.Join("; ", missing.Take(MostShown));
        var more = missing.Length > MostShown ? $"; and {missing.Length - MostShown} more" : "";
        return $"the control plane may not {shown}{more}: grant that in the cluster to {Grantee(_user)}";
    }

    /// <summary>A user as the end of a sentence, also where the cluster has not told it.</summary>
    public static string Grantee(string user) => user.Length > 0 ? $"the user \"{user}\"" : "the account whose token it uses";

    private void Forget()
    {
        foreach (var denial in _denials)
        {
            if (time.GetElapsedTime(denial.Value.SeenAt) > ForgetAfter)
            {
                _denials.TryRemove(denial);
            }
        }
    }

    private sealed record Denial(long SeenAt, string Name);
}
