using Dapper;
using Npgsql;

namespace Registry.Tests.House;

/// <summary>The rules of the database (S-50, S-51, S-55, S-57), each a question to its catalogue that answers with faults.</summary>
public static class Catalogue
{
    /// <summary>Tables that the web role may not even look into, and why.</summary>
    private static readonly Dictionary<string, string> NotForTheWeb = new() { ["history.chain"] = "the heads of the chains, moved by the guard's functions alone" };

    /// <summary>Tables whose changes leave no event of their own, and why.</summary>
    private static readonly Dictionary<string, string> WithoutEvent = new()
    {
        ["app.outbox_mail"] = "a consequence of a change that has its event; the worker marks what it sent",
        ["app.notice"] = "who was told of an alert, which has its event; marked when mailed",
        ["app.job_run"] = "what a job has done of its own, nothing of the register",
        ["app.saved_view"] = "a person's own bookmark, nothing of the register",
        ["app.absence"] = "a person's own word on who reads for her; each notice says who was told",
        ["app.weekly_summary"] = "whether a person gets her list by mail, and when she last did",
        ["app.record_draft"] = "what its author is typing and has not said yet; only she reads it, and saving it is the change that has its event",
        ["app.request_file_scan"] = "the queue of the scanner; what it says is a change of the file, which has its event",
        ["app.lost_code"] = "an address that a job looks up once and drops, known or not; the link it may lead to has its event",
        ["history.chain"] = "the history itself", ["history.event"] = "the history itself", ["history.detail"] = "the history itself",
    };

    private static readonly Dictionary<string, string> WithoutLeadingIndex = new() { ["app.outbox_mail"] = "read by the worker alone, in the order it is due" };

    private static readonly Dictionary<string, string> ForeignKeys = new()
    {
        ["app.organisation(parent_id)"] = "from tenant to tenant: the body it belongs to",
        ["app.organisation(member_of_id)"] = "from tenant to tenant: the intercommunality it is a member of",
        ["app.saved_view(person_id)"] = "the person who keeps it, whose body may be another",
        ["app.mutualisation(area_id)"] = "the area is that of the body that leads it; app.join_area, app.leave_area and app.entrust alone write the row",
        ["app.rollout_target(target_id)"] = "from tenant to tenant: a body that models are given to",
        ["app.report_target(target_id)"] = "from tenant to tenant: a body whose account of the year was ordered",
        ["app.processor_activity(controller_id)"] = "from tenant to tenant: the controller for whom the processor works",
        ["app.convention_party(party_organisation_id)"] = "from tenant to tenant: a party of the convention",
        ["app.authority_request(processor_id)"] = "from tenant to tenant: the processor that received it",
        ["app.authority_request(controller_id)"] = "from tenant to tenant: the controller that it is redirected to",
        ["app.provider_request(provider_id)"] = "from tenant to tenant: the provider that is asked",
        ["app.convention_proof(keeper_id)"] = "from tenant to tenant: the convention that the party proves something about",
        ["app.processor_engagement(keeper_id)"] = "from tenant to tenant: the convention that the engagement rests on, kept by its other side",
        ["app.indicator_measure(keeper_id)"] = "from tenant to tenant: the convention whose indicator a party measures",
        ["app.mission(keeper_id)"] = "from tenant to tenant: the convention that the officer's mission rests on, kept by its other side",
        ["app.control_attestation(keeper_id)"] = "from tenant to tenant: the convention whose control a party attests",
        ["app.provider_incident_file(reached_id)"] = "from tenant to tenant: a body that the incident reached",
        ["app.provider_incident_file(keeper_id)"] = "from tenant to tenant: the convention under which the provider serves that body; its keeper may be a third",
        ["app.rights_request_search(keeper_id)"] = "from tenant to tenant: the convention under which a processor is asked to search, kept by another of its parties",
        ["app.rights_request_search(provider_id)"] = "from tenant to tenant: the provider whose help desk answers",
        ["app.appointment(person_id)"] = "the officer of an area is a person of the body that employs her",
    };

    private static readonly Dictionary<string, string> UniqueKeys = new()
    {
        ["app.organisation(id)"] = "the tenant itself",
        ["app.organisation(slug)"] = "the address is that of the whole platform, and public",
        ["app.organisation(insee_code)"] = "that a commune is kept here is public",
        ["app.mutualisation_area(id)"] = "128 random bits; the members of an area point to it",
        ["app.person(id)"] = "128 random bits; appointments elsewhere point to it",
        ["app.appointment(id)"] = "128 random bits",
        ["app.provider_incident_file(reached_id)"] = "the body and the incident, 128 random bits: only app.open_incident_files writes it",
        ["app.outbox_mail(id)"] = "128 random bits",
    };

    /// <summary>Functions that see past the policies, each reviewed. Those that answer more than "who am I and what do I reach" say why they must.</summary>
    private static readonly string[] Definers =
    [
        "app.appointed_elsewhere", "app.content_organisations", "app.context", "app.current_person", "app.current_roles", "app.join_area", "app.libraries_of", "app.library_of", "app.library_organisations", "app.may_appoint", "app.may_create_organisation",
        "app.organisations", "app.processor_organisations", "app.page_tag", "app.reach_size", "history.append", "history.head", "history.require_event",
        "app.convention_organisations", // whose conventions the person keeps: the people of a provider, who see no content, keep those of their own body
        "app.read_conventions", // which conventions of others bind the person's organisation: the parties stand in rows of the keeper
        "app.request_organisations", // whose requests to providers the person keeps: the delegate of a correspondent sees nothing else of her organisation
        "app.helped_conventions",    // under which running conventions the person's own body is the provider (X-05): the parties stand in rows of the keeper
        "app.helpdesk_bodies",       // at whose help desk the person stands: the line of a search sheet is for one of them alone
        "app.search_waits",          // whether a request is still open, and nothing else of it: a provider reads no request
        "app.helped_organisations",  // whom those serve: what the provider announces or redirects to them is a row of theirs
        "app.may_ask",               // the policies prove by it that who hands a request over is the designated correspondent or her delegate
        "app.providers_of",          // names of the providers under running conventions: a delegate reads no convention
        "app.ending_conventions",    // of those, the ones where only restitution is left
        "app.clients_of",            // names of those a provider serves, for its own people
        "app.secret_organisations",  // who keeps a secret imposed by law: not the officer of the processor, who may serve the controller too
        "app.purge_breaches",        // a job of the organisation itself, only files past their day that nobody holds back, with the words that the history keeps of them
        "app.purge_requests",        // a job of the organisation itself, and only files past the date that they bear
        "app.party_within_reach",    // the parties that a convention names already stand in rows of a keeper whom the person may not read
        "app.erase_request_file",    // nothing is deleted from the web, but a proof is the day it was looked at: within reach, a proof, or a piece of an answer not sent yet
        "app.purge_request_files", "app.forget_request_links",  // a job of the organisation itself, and only what is past its day
        "app.age_away",              // nothing is deleted from the web: a job of the organisation itself, and only what is past the bounds written in it
        "app.area_year",       // totals of a whole area, and of no body (X-08): for those who work over it, from the body that leads it
        "app.serves_area",     // the officer of an area, asked before a body is in reach and after it has left
        "app.leave_area",      // app_web cannot write a membership: the officer of that very area ends it, from today on
        "app.entrust",         // nobody draws an existing body into her area: its own representative, once no area and no officer serve it
        "app.areas_to_join",   // names of areas and of the bodies that lead them: app_public reads both
        "app.speaks_for_provider",   // who may raise an alarm for a provider: those whose appointments the next ones ask, who reach nothing else by it
        "app.incident_clients",      // whom a provider serves: its people read the conventions (X-05), not the names and zones of the bodies
        "app.open_incident_files",   // the one crossing: a file in each body served under a convention that runs, reported and undecided
        "app.tell_incident_files",   // the bodies reached take a line that more was shared; no row of theirs is touched
        "app.incident_receipts",     // that they were told and who said so, to the provider that told them
        "app.bodies_with_clocks", "app.bodies_to_alert",  // ids of bodies for a job that is no tenant; app_worker alone
        "app.public_officer",  // one name, where its body has decided to show it: app_public reads no appointment and no person
        "app.area_history",    // the operator reads no history (S-09) but that of areas; the officer that of hers
    ];

    public static async Task<IReadOnlyList<string>> FaultsAsync(NpgsqlConnection connection) =>
    [
        .. await TablesAsync(connection), .. await ForeignKeysAsync(connection), .. await UniqueKeysAsync(connection), .. await RolesAsync(connection),
        .. await GrantsAsync(connection), .. await FunctionsAsync(connection), .. await ViewsAsync(connection),
    ];

    private static async Task<IEnumerable<string>> TablesAsync(NpgsqlConnection connection)
    {
        var tables = await connection.QueryAsync<(string Name, bool Enabled, bool Forced, string[] Web, bool Tenant, bool Leads, bool Proved)>(
            """
            select n.nspname || '.' || c.relname, c.relrowsecurity, c.relforcerowsecurity,
                   array(select p.polname::text from pg_policy p where p.polrelid = c.oid and p.polroles = array[(select oid from pg_roles where rolname = 'app_web')]),
                   exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped),
                   exists (select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                            where i.indrelid = c.oid and i.indpred is null and (a.attname = 'organisation_id' or (c.relname = 'organisation' and a.attname = 'id'))),
                   exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'proved' and t.tgdeferrable and t.tginitdeferred and t.tgenabled = 'O'
                              and t.tgfoid = 'history.require_event'::regproc and t.tgtype & 28 = 28)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('app', 'history') and c.relkind in ('r', 'p')
            """);
        var faults = new List<string>();
        foreach (var (name, enabled, forced, web, tenant, leads, proved) in tables)
        {
            if (!enabled || !forced) faults.Add($"{name}: row-level security is not enabled and forced: call app.keep_apart (S-51).");
            if (web.Length == 0 && !NotForTheWeb.ContainsKey(name)) faults.Add($"{name}: no policy for app_web: call app.keep_apart (S-51).");
            if (!tenant && name != "app.organisation") faults.Add($"{name}: no organisation_id (S-51).");
            if (!leads && !WithoutLeadingIndex.ContainsKey(name)) faults.Add($"{name}: no index begins with organisation_id (S-54).");
            if (!proved && !WithoutEvent.ContainsKey(name)) faults.Add($"{name}: it can change without an event: the trigger \"proved\" is missing (S-60).");
        }
        return faults;
    }

    private static async Task<IEnumerable<string>> ForeignKeysAsync(NpgsqlConnection connection) =>
        from key in await connection.QueryAsync<(string Name, string Target, string[] Columns)>(
            """
            select n.nspname || '.' || c.relname, k.confrelid::regclass::text,
                   array(select a.attname::text from unnest(k.conkey) with ordinality x (num, place) join pg_attribute a on a.attrelid = c.oid and a.attnum = x.num order by place)
              from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
             where k.contype = 'f' and n.nspname in ('app', 'history')
            """)
        where key.Columns[0] != "organisation_id" && !ForeignKeys.ContainsKey($"{key.Name}({key.Columns[0]})")
        select $"{key.Name}({string.Join(", ", key.Columns)}) → {key.Target}: a foreign key begins with organisation_id, or links to another organisation (S-55).";

    private static async Task<IEnumerable<string>> UniqueKeysAsync(NpgsqlConnection connection) =>
        from key in await connection.QueryAsync<(string Name, string[] Columns)>(
            """
            select n.nspname || '.' || c.relname,
                   array(select coalesce(a.attname::text, '?') from unnest(i.indkey::int2[]) with ordinality x (num, place)
                         left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.num and x.num > 0 order by place)
              from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
             where i.indisunique and n.nspname in ('app', 'history')
            """)
        where !key.Columns.Contains("organisation_id") && !UniqueKeys.ContainsKey($"{key.Name}({key.Columns[0]})")
        select $"{key.Name}({string.Join(", ", key.Columns)}): a unique key without organisation_id tells what other organisations hold (S-55).";

    private static async Task<IEnumerable<string>> RolesAsync(NpgsqlConnection connection)
    {
        var faults = (await connection.QueryAsync<string>(
            """
            select rolname || ': a role of ours is superuser, bypasses policies, makes roles or databases, replicates or inherits (S-50).'
              from pg_roles where rolname like 'app\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit)
            """)).ToList();
        faults.AddRange(await connection.QueryAsync<string>(
            """
            select rolname || ': it owns what others work with and can log in (S-50).' from pg_roles where rolname in ('app_owner', 'app_guard') and rolcanlogin
             union all
            select rolname || ': not a role that was reviewed (S-50).' from pg_roles
             where rolname like 'app\_%' and rolname not in ('app_owner', 'app_guard', 'app_migrator', 'app_web', 'app_signin', 'app_public', 'app_worker', 'app_backup')
             union all
            select 'app_migrator: it cannot log in and work as app_owner and app_guard (S-50).'
             where not exists (select from pg_roles where rolname = 'app_migrator' and rolcanlogin and pg_has_role(oid, 'app_owner', 'member') and pg_has_role(oid, 'app_guard', 'member'))
             union all
            select m.rolname || ': it is a member of ' || g.rolname || ' (S-50).'
              from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid
             where m.rolname like 'app\_%' and (m.rolname <> 'app_migrator' or g.rolname not in ('app_owner', 'app_guard') or a.admin_option)
             union all
            select m.rolname || ': it may work as app_migrator (S-50).'
              from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid where g.rolname = 'app_migrator' and m.rolname like 'app\_%'
             union all
            select n.nspname || '.' || c.relname || ': owned by ' || r.rolname || ', not by app_owner or app_guard (S-50).'
              from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
             where n.nspname in ('app', 'history', 'identity', 'guard') and r.rolname not in ('app_owner', 'app_guard')
             union all
            select n.nspname || ': this schema is owned by ' || r.rolname || ' (S-50).'
              from pg_namespace n join pg_roles r on r.oid = n.nspowner
             where n.nspname in ('app', 'history', 'identity', 'guard') and r.rolname not in ('app_owner', 'app_guard')
            """));
        return faults;
    }

    private static async Task<IEnumerable<string>> GrantsAsync(NpgsqlConnection connection) => await connection.QueryAsync<string>(
        """
        with ours as (select c.oid, n.nspname, n.nspname || '.' || c.relname as name, c.relkind, c.relacl
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                       where n.nspname in ('app', 'history', 'identity', 'guard', 'public') and c.relkind in ('r', 'p', 'v', 'm', 'S'))
        select name || ': app_web may delete or truncate: nothing is deleted from the web (S-50).' from ours
         where relkind in ('r', 'p') and nspname <> 'public' and (has_table_privilege('app_web', oid, 'delete') or has_table_privilege('app_web', oid, 'truncate'))
         union all
        select name || ': app_web may write the history itself (S-60).' from ours
         where nspname = 'history' and relkind in ('r', 'p')
           and (has_any_column_privilege('app_web', oid, 'update') or has_any_column_privilege('app_web', oid, 'insert'))
         union all
        select name || ': ' || r.rolname || ' may change the history: only the guard''s functions do (S-60).' from ours, pg_roles r
         where nspname = 'history' and relkind in ('r', 'p') and r.rolname in ('app_signin', 'app_worker', 'app_public', 'app_backup', 'app_migrator')
           and (has_any_column_privilege(r.rolname, ours.oid, 'update') or has_any_column_privilege(r.rolname, ours.oid, 'insert') or has_table_privilege(r.rolname, ours.oid, 'delete'))
         union all
        select n.nspname || ': ' || r.rolname || ' may use this schema (S-50).' from pg_namespace n, pg_roles r
         where (n.nspname = 'identity' and r.rolname in ('app_web', 'app_public', 'app_worker') or n.nspname = 'guard' and r.rolname in ('app_web', 'app_signin', 'app_public', 'app_worker', 'app_backup'))
           and has_schema_privilege(r.rolname, n.oid, 'usage')
         union all
        select name || ': ' || r.rolname || ' may read it (S-50).' from ours, pg_roles r
         where (nspname = 'identity' and r.rolname in ('app_web', 'app_public', 'app_worker') or nspname = 'guard' and r.rolname in ('app_web', 'app_signin', 'app_public', 'app_worker', 'app_backup'))
           and relkind in ('r', 'p') and has_any_column_privilege(r.rolname, ours.oid, 'select')
         union all
        select o.name || ': PUBLIC may ' || lower(a.privilege_type) || ' (S-50).' from ours o, aclexplode(o.relacl) a
         where a.grantee = 0 and not (o.name = 'public.migration' and a.privilege_type = 'SELECT')
         union all
        select n.nspname || ': PUBLIC may ' || lower(a.privilege_type) || ' in this schema (S-50).' from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
         where a.grantee = 0 and (n.nspname in ('app', 'history', 'identity', 'guard') or n.nspname = 'public' and a.privilege_type = 'CREATE')
         union all
        select n.nspname || ': ' || r.rolname || ' may create in this schema (S-50).' from pg_namespace n, pg_roles r
         where n.nspname in ('app', 'history', 'identity', 'guard', 'public') and r.rolname like 'app\_%' and r.oid <> n.nspowner and has_schema_privilege(r.rolname, n.oid, 'create')
        """);

    private static async Task<IEnumerable<string>> FunctionsAsync(NpgsqlConnection connection)
    {
        var faults = new List<string>();
        var functions = await connection.QueryAsync<(string Name, bool Definer, string[]? Settings, bool ByPublic)>(
            """
            select n.nspname || '.' || p.proname, p.prosecdef, p.proconfig,
                   exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0 and p.prorettype <> 'trigger'::regtype)
              from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname in ('app', 'history', 'identity', 'guard', 'public')
            """);
        foreach (var (name, definer, settings, byPublic) in functions)
        {
            if (definer && !Definers.Contains(name)) faults.Add($"{name}: a SECURITY DEFINER function that was not reviewed (S-55): it sees past the policies.");
            if (!definer && Definers.Contains(name)) faults.Add($"{name}: reviewed as SECURITY DEFINER and is none: take it off the list.");
            if (settings is not ["search_path=pg_catalog, pg_temp"]) faults.Add($"{name}: its search_path is not fixed to pg_catalog, pg_temp (S-52).");
            if (byPublic) faults.Add($"{name}: PUBLIC may execute it (S-50).");
        }
        return faults;
    }

    private static async Task<IEnumerable<string>> ViewsAsync(NpgsqlConnection connection) => await connection.QueryAsync<string>(
        """
        select n.nspname || '.' || c.relname || case c.relkind when 'm' then ': a materialised view keeps no policy (S-55).' else ': a view without security_invoker sees past the policies (S-55).' end
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('app', 'history', 'identity', 'guard', 'public')
           and (c.relkind = 'm' or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))
        """);
}
