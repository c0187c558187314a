-- A sealed document does not compress: trying costs time on each write. It stays in its row up to a page.
DO $$
DECLARE
    view text;
BEGIN
    FOREACH view IN ARRAY ARRAY['account_profile', 'dashboard', 'resume_insights', 'interview_room',
        'interview_report', 'analytics_trend']
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN doc SET STORAGE EXTERNAL', view);
        EXECUTE format('ALTER TABLE %I SET (toast_tuple_target = 8160)', view);
    END LOOP;
END
$$;
