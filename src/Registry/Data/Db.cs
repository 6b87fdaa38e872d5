using System.Data;
using Dapper;
using Npgsql;

namespace Registry.Data;

/// <summary>
/// The unit of work of one request or job: opens on first use, begins a transaction, signs for whom it works, commits once.
/// Whatever happens before the commit leaves nothing behind.
/// </summary>
public sealed class Db(Database database, TimeProvider clock) : IAsyncDisposable
{
    private readonly List<Func<NpgsqlConnection, Task>> _beforeCommit = [];
    private readonly List<Func<Task>> _afterCommit = [];
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private Scope? _scope;
    private bool _readOnly;
    private bool _public;

    public Guid? Person => _scope?.Person;

    /// <summary>Says for whom the transaction works. Must come before the first statement.</summary>
    public void ActFor(Scope scope, bool readOnly = false)
    {
        if (_transaction is not null)
            throw new InvalidOperationException("The transaction has begun: for whom it works cannot change any more.");
        (_scope, _readOnly) = (scope, readOnly);
    }

    /// <summary>Reads what is published, for whoever asks.</summary>
    public void ActForPublic()
    {
        if (_transaction is not null) throw new InvalidOperationException("The transaction has begun.");
        (_scope, _readOnly, _public) = (null, true, true);
    }

    /// <summary>What must be written last, in the order of registration: the history appends itself here.</summary>
    public void BeforeCommit(Func<NpgsqlConnection, Task> write) => _beforeCommit.Add(write);

    /// <summary>What must only happen once the work is kept, like a mail that invites somebody.</summary>
    public void AfterCommit(Func<Task> act) => _afterCommit.Add(act);

    public async Task<NpgsqlConnection> OpenAsync()
    {
        if (_transaction is not null) return _connection!;
        await BeginAsync();
        await SignAsync(_connection!);
        return _connection!;
    }

    /// <summary>Begins, signs and asks the first question in one round trip; later questions are asked as they are.</summary>
    public async Task<SqlMapper.GridReader> AskFirstAsync(string text, DynamicParameters parameters)
    {
        if (_transaction is not null || Signature() is not { } signature) return await (await OpenAsync()).QueryMultipleAsync(text, parameters);
        await BeginAsync();
        parameters.Add("signedContext", signature.Context);
        parameters.Add("contextMac", signature.Mac);
        var answers = await _connection!.QueryMultipleAsync((_readOnly ? ReadOnly : "") + Sign + ";\n" + text, parameters);
        await answers.ReadSingleAsync<string>();
        return answers;
    }

    private const string ReadOnly = "set transaction read only; ";
    private const string Sign = "select set_config('app.ctx', @signedContext, true) || set_config('app.mac', @contextMac, true)";

    private async Task BeginAsync()
    {
        _connection ??= _public ? await database.OpenPublicAsync() : await database.OpenWebAsync();
        _transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
    }

    private (string Context, string Mac)? Signature() => _scope?.Sign(database.ContextKey, clock.GetUtcNow());

    /// <summary>Signs once more, for work that reads longer than a signature lasts: without it the database would refuse the next statement.</summary>
    public async Task RenewAsync() => await SignAsync(await OpenAsync());

    public async Task CommitAsync()
    {
        if (_transaction is null) return;
        if (_beforeCommit.Count > 0) await SignAsync(_connection!);  // a long form may have outlived the first signature
        foreach (var write in _beforeCommit.ToArray()) await write(_connection!);
        await _transaction.CommitAsync();
        var then = _afterCommit.ToArray();
        await EndAsync();
        foreach (var act in then) await act();
    }

    public async Task RollbackAsync()
    {
        // What was to be written is dropped even when no statement had begun the transaction.
        _beforeCommit.Clear();
        _afterCommit.Clear();
        if (_transaction is null) return;
        // Disposing rolls back, and does not throw when the server is gone: the reason of the failure must not be covered by another.
        await EndAsync();
    }

    private async Task SignAsync(NpgsqlConnection connection)
    {
        var begin = _readOnly ? ReadOnly : "";
        if (Signature() is { } signature) await connection.ExecuteAsync(begin + Sign, new { signedContext = signature.Context, contextMac = signature.Mac });
        else if (_readOnly) await connection.ExecuteAsync(begin);
    }

    private async Task EndAsync()
    {
        _beforeCommit.Clear();
        _afterCommit.Clear();
        await _transaction!.DisposeAsync();
        _transaction = null;
        // Others may be waiting for it while the answer is written.
        await _connection!.DisposeAsync();
        _connection = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null) await _transaction.DisposeAsync();
        if (_connection is not null) await _connection.DisposeAsync();
    }
}
